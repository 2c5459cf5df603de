package io.belfry.codegen.sdk;

/// The schema's sentences in Javadoc.
final class Docs {
  private Docs() {}

  static String html(String doc) {
    return doc.replace("&", "&amp;").replace("<", "&lt;").replace("@", "&#64;");
  }
}
