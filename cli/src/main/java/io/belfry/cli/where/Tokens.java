package io.belfry.cli.where;

import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The words of a condition, read from left to right.
final class Tokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<sign>[(),]|!=|<=|>=|=|<|>)|\"(?<double>(?:[^\"\\\\]|\\\\.)*)\""
              + "|'(?<single>(?:[^'\\\\]|\\\\.)*)'|(?<word>[^\\s(),!<>=\"']+))");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  private final String text;
  private final List<Token> tokens;
  private int position;

  private Tokens(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /// @param start where it begins in the text
  /// @param quoted whether it stood in quotes, and so is a value
  record Token(String text, int start, boolean quoted) {}

  static Tokens of(String text) {
    var tokens = new ArrayList<Token>();
    var all = new Tokens(text, tokens);
    var matcher = TOKEN.matcher(text);
    var end = 0;
    while (end < text.stripTrailing().length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw all.wrong(new Token("", end, false), "can't be read; is a quote missing?");
      }
      tokens.add(
          token(
              matcher.group("sign"),
              matcher.group("word"),
              matcher.group("double"),
              matcher.group("single"),
              matcher.end()));
      end = matcher.end();
    }
    return all;
  }

  private static Token token(
      @Nullable String sign,
      @Nullable String word,
      @Nullable String twice,
      @Nullable String once,
      int end) {
    var plain = sign != null ? sign : word;
    if (plain != null) {
      return new Token(plain, end - plain.length(), false);
    }
    var quoted = twice != null ? twice : String.valueOf(once);
    return new Token(ESCAPE.matcher(quoted).replaceAll("$1"), end - quoted.length() - 2, true);
  }

  boolean atEnd() {
    return position == tokens.size();
  }

  /// Goes on if this word comes next.
  boolean skip(String word) {
    var comes =
        !atEnd()
            && !tokens.get(position).quoted()
            && tokens.get(position).text().equalsIgnoreCase(word);
    if (comes) {
      position++;
    }
    return comes;
  }

  void expect(String word) {
    if (!skip(word)) {
      throw wrong("expected '%s'".formatted(word));
    }
  }

  Token next(String what) {
    if (atEnd()) {
      throw wrong("expected " + what);
    }
    return tokens.get(position++);
  }

  Token word(String what) {
    var token = next(what);
    if (token.quoted() || !Character.isLetter(token.text().charAt(0))) {
      throw wrong(token, "expected " + what);
    }
    return token;
  }

  /// What comes next is wrong.
  Failure wrong(String why) {
    return wrong(atEnd() ? new Token("", text.length(), false) : tokens.get(position), why);
  }

  Failure wrong(Token at, String why) {
    return new Failure(
            ExitCode.USAGE, "%s\n  %s\n  %s^".formatted(why, text, " ".repeat(at.start())))
        .with("position", Json.of(at.start()));
  }
}
