package io.belfry.sdk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can differ from call to call. Immutable: each method makes other options. What is said for
/// a call wins over what is said for the client.
///
/// ```java
/// alertApi.with(o -> o.language("zh-CN")).getAlerts();
/// ```
public final class CallOptions {
  private static final CallOptions NONE = new CallOptions(Map.of(), null, null);

  private final Map<String, String> headers;
  private final @Nullable Duration timeout;
  private final @Nullable Integer pageSize;

  private CallOptions(
      Map<String, String> headers, @Nullable Duration timeout, @Nullable Integer pageSize) {
    this.headers = headers;
    this.timeout = timeout;
    this.pageSize = pageSize;
  }

  /// Nothing special.
  public static CallOptions none() {
    return NONE;
  }

  /// Sends a header. The header for the language may be spelt `content_language`, too.
  public CallOptions header(String name, String value) {
    var changed = new LinkedHashMap<>(headers);
    changed.put(headerName(name), value);
    return new CallOptions(changed, timeout, pageSize);
  }

  /// The language of texts for people.
  ///
  /// @param tag `en-US`, `zh-CN`, or `*` for both
  public CallOptions language(String tag) {
    return header("content-language", tag);
  }

  /// How long the whole call may take.
  public CallOptions timeout(Duration timeout) {
    return new CallOptions(headers, Require.positive("timeout", timeout), pageSize);
  }

  /// How many objects a stream asks for at once; 500 unless told otherwise, about a megabyte of
  /// large ones.
  ///
  /// @throws IllegalArgumentException if it is less than 1
  public CallOptions pageSize(int objects) {
    if (objects < 1) {
      throw new IllegalArgumentException("pageSize must be at least 1, not " + objects);
    }
    return new CallOptions(headers, timeout, objects);
  }

  /// By name, names in lower case.
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  public Optional<Integer> pageSize() {
    return Optional.ofNullable(pageSize);
  }

  /// These options, and the other ones where they say something.
  CallOptions and(CallOptions other) {
    var all = new LinkedHashMap<>(headers);
    all.putAll(other.headers);
    return new CallOptions(
        all,
        other.timeout == null ? timeout : other.timeout,
        other.pageSize == null ? pageSize : other.pageSize);
  }

  private static String headerName(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("content_language") ? "content-language" : lower;
  }
}
