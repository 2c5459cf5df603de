package io.belfry.server.docs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A file to answer, kept compressed. Immutable.
public final class DocsFile {
  private static final int TAG_BYTES = 8;

  private final String contentType;
  private final String entityTag;
  private final byte[] gzipped;

  private DocsFile(String name, byte[] gzipped) {
    this.contentType = contentType(name);
    this.entityTag = entityTag(gzipped);
    this.gzipped = gzipped;
  }

  /// A resource of this package.
  static DocsFile compress(String name) {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(resource(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DocsFile(name, compressed.toByteArray());
  }

  /// A resource that is compressed already.
  static DocsFile compressed(String name, String resource) {
    return new DocsFile(name, resource(resource));
  }

  /// The header `Content-Type`.
  public String contentType() {
    return contentType;
  }

  /// The header `ETag`, in its quotes; changes with the content.
  public String entityTag() {
    return entityTag;
  }

  /// The content, for an answer with `Content-Encoding: gzip`.
  public byte[] gzipped() {
    return gzipped.clone();
  }

  /// The content, for clients that don't accept gzip.
  public byte[] plain() {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (var resource = DocsFile.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("this build lacks the resource " + name);
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "json" -> "application/json";
      default -> throw new IllegalArgumentException("no content type is known for " + name);
    };
  }

  private static String entityTag(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
