package io.belfry.server.http;

import java.time.Duration;

/// How much of the server clients may use.
///
/// @param bodyBytes the largest request body
/// @param headerBytes all headers of a request together
/// @param concurrentRequests requests worked on at once; more are told to come again
/// @param connections open connections; more wait to be accepted
/// @param readTime how long a client may stay silent, inside a request or between two
/// @param requestTime how long one request may take, from its first line to the answer's last byte
/// @param drainTime how long running requests may go on when the server stops
public record HttpLimits(
    int bodyBytes,
    int headerBytes,
    int concurrentRequests,
    int connections,
    Duration readTime,
    Duration requestTime,
    Duration drainTime) {

  public static final HttpLimits DEFAULT =
      new HttpLimits(
          16 << 20,
          16 << 10,
          256,
          10_000,
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10));

  public HttpLimits {
    requirePositive("bodyBytes", bodyBytes);
    requirePositive("headerBytes", headerBytes);
    requirePositive("concurrentRequests", concurrentRequests);
    requirePositive("connections", connections);
    requirePositive("readTime in ms", readTime.toMillis());
    requirePositive("requestTime in ms", requestTime.toMillis());
    requirePositive("drainTime in ms", drainTime.toMillis());
  }

  public HttpLimits withBodyBytes(int bytes) {
    return new HttpLimits(
        bytes, headerBytes, concurrentRequests, connections, readTime, requestTime, drainTime);
  }

  public HttpLimits withConcurrentRequests(int requests) {
    return new HttpLimits(
        bodyBytes, headerBytes, requests, connections, readTime, requestTime, drainTime);
  }

  public HttpLimits withRequestTime(Duration time) {
    return new HttpLimits(
        bodyBytes, headerBytes, concurrentRequests, connections, readTime, time, drainTime);
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
