package io.belfry.codegen.sdk;

import java.util.regex.Pattern;

/// The schema's sentences in Javadoc.
final class Docs {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  private Docs() {}

  static String html(String doc) {
    var escaped = doc.replace("&", "&amp;").replace("<", "&lt;").replace("@", "&#64;");
    return CODE.matcher(escaped).replaceAll("{@code $1}");
  }
}
