package io.belfry.store.row;

/// A text in both languages.
public record LocalizedText(String enUs, String zhCn) {

  /// A name or value that is the same in every language.
  public static LocalizedText same(String text) {
    return new LocalizedText(text, text);
  }
}
