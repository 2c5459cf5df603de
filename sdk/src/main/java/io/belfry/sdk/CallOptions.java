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
  private static final CallOptions NONE = new CallOptions(Map.of(), null, null, false);

  private final Map<String, String> headers;
  private final @Nullable Duration timeout;
  private final @Nullable Integer pageSize;
  private final boolean inOneAnswer;

  private CallOptions(
      Map<String, String> headers,
      @Nullable Duration timeout,
      @Nullable Integer pageSize,
      boolean inOneAnswer) {
    this.headers = headers;
    this.timeout = timeout;
    this.pageSize = pageSize;
    this.inOneAnswer = inOneAnswer;
  }

  /// Nothing special.
  public static CallOptions none() {
    return NONE;
  }

  /// Sends a header. The header for the language may be spelt `content_language`, too.
  public CallOptions header(String name, String value) {
    var changed = new LinkedHashMap<>(headers);
    changed.put(headerName(name), value);
    return new CallOptions(changed, timeout, pageSize, inOneAnswer);
  }

  /// The language of texts for people.
  ///
  /// @param tag `en-US`, `zh-CN`, or `*` for both
  public CallOptions language(String tag) {
    return header("content-language", tag);
  }

  /// How long the whole call may take.
  public CallOptions timeout(Duration timeout) {
    return new CallOptions(headers, Require.positive("timeout", timeout), pageSize, inOneAnswer);
  }

  /// How many objects a stream asks for at once; 500 unless told otherwise, about a megabyte of
  /// large ones.
  ///
  /// @throws IllegalArgumentException if it is less than 1
  public CallOptions pageSize(int objects) {
    if (objects < 1) {
      throw new IllegalArgumentException("pageSize must be at least 1, not " + objects);
    }
    return new CallOptions(headers, timeout, objects, inOneAnswer);
  }

  /// Lets a stream read all objects from one answer while it arrives, instead of page by page: they
  /// are those of one moment, none missing and none twice, and memory holds a few at a time. The
  /// server waits for the reader meanwhile. Close such a stream that is not read to its end; it
  /// throws a [NoAnswerException] where the answer breaks off.
  public CallOptions inOneAnswer() {
    return new CallOptions(headers, timeout, pageSize, true);
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

  public boolean isInOneAnswer() {
    return inOneAnswer;
  }

  /// These options, and the other ones where they say something.
  CallOptions and(CallOptions other) {
    var all = new LinkedHashMap<>(headers);
    all.putAll(other.headers);
    return new CallOptions(
        all,
        other.timeout == null ? timeout : other.timeout,
        other.pageSize == null ? pageSize : other.pageSize,
        inOneAnswer || other.inOneAnswer);
  }

  private static String headerName(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("content_language") ? "content-language" : lower;
  }
}
