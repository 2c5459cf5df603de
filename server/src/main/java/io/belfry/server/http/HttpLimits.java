package io.belfry.server.http;

import java.time.Duration;

/// How much of the server clients may use.
///
/// @param bodyBytes the largest request body
/// @param bodiesBytes large request bodies in memory at once, all together; at least one must fit
/// @param headerBytes all headers of a request together
/// @param concurrentRequests requests worked on at once; more are told to come again
/// @param streams requests that stay open, such as those for events
/// @param connections open connections; more wait to be accepted
/// @param readTime how long a client may stay silent, inside a request or between two
/// @param requestTime how long one request may take, from its first line to the answer's last byte
/// @param leaveTime how long a server that will stop says so before it takes no more requests
/// @param drainTime how long running requests may go on when the server stops
public record HttpLimits(
    int bodyBytes,
    int bodiesBytes,
    int headerBytes,
    int concurrentRequests,
    int streams,
    int connections,
    Duration readTime,
    Duration requestTime,
    Duration leaveTime,
    Duration drainTime) {

  public static final HttpLimits DEFAULT =
      new HttpLimits(
          16 << 20,
          16 << 20,
          16 << 10,
          256,
          5_000,
          10_000,
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ZERO,
          Duration.ofSeconds(10));

  public HttpLimits {
    requirePositive("bodyBytes", bodyBytes);
    if (bodiesBytes < bodyBytes) {
      throw new IllegalArgumentException(
          "bodiesBytes must be at least bodyBytes: %s, %s".formatted(bodiesBytes, bodyBytes));
    }
    requirePositive("headerBytes", headerBytes);
    requirePositive("concurrentRequests", concurrentRequests);
    requirePositive("streams", streams);
    requirePositive("connections", connections);
    requirePositive("readTime in ms", readTime.toMillis());
    requirePositive("requestTime in ms", requestTime.toMillis());
    requirePositive("drainTime in ms", drainTime.toMillis());
  }

  /// The same for bodies of another length, of which at least one fits.
  public HttpLimits withBodyBytes(int bytes) {
    return new HttpLimits(
        bytes,
        Math.max(bodiesBytes, bytes),
        headerBytes,
        concurrentRequests,
        streams,
        connections,
        readTime,
        requestTime,
        leaveTime,
        drainTime);
  }

  HttpLimits withBodiesBytes(int bytes) {
    return new HttpLimits(
        bodyBytes,
        bytes,
        headerBytes,
        concurrentRequests,
        streams,
        connections,
        readTime,
        requestTime,
        leaveTime,
        drainTime);
  }

  public HttpLimits withConcurrentRequests(int requests) {
    return new HttpLimits(
        bodyBytes,
        bodiesBytes,
        headerBytes,
        requests,
        streams,
        connections,
        readTime,
        requestTime,
        leaveTime,
        drainTime);
  }

  public HttpLimits withRequestTime(Duration time) {
    return new HttpLimits(
        bodyBytes,
        bodiesBytes,
        headerBytes,
        concurrentRequests,
        streams,
        connections,
        readTime,
        time,
        leaveTime,
        drainTime);
  }

  public HttpLimits withLeaveTime(Duration time) {
    return new HttpLimits(
        bodyBytes,
        bodiesBytes,
        headerBytes,
        concurrentRequests,
        streams,
        connections,
        readTime,
        requestTime,
        time,
        drainTime);
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
