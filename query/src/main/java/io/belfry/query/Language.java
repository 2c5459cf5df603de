package io.belfry.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The language of the texts in an answer. Filters and orders compare the text that is shown; where
/// both are shown, the English one.
public enum Language {
  EN_US("en-US"),
  ZH_CN("zh-CN"),
  /// Both, each text as a JSON object in a string: `{"en-US":"…","zh-CN":"…"}`.
  ALL("*");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /// As in the header `content-language`.
  public String tag() {
    return tag;
  }

  /// The language of a header; case doesn't matter.
  public static Optional<Language> byTag(String tag) {
    var wanted = tag.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(language -> language.tag.toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }
}
