package io.belfry.problem;

/// Why a request is not done. The number tells the stage that said no: 1xx reading the request, 2xx
/// query, 3xx who may, 4xx operation, 5xx the world outside, 9xx a fault of ours.
public enum ProblemCode {
  MALFORMED_REQUEST(101, Category.BAD_REQUEST),
  TOO_LARGE(102, Category.BAD_REQUEST),
  UNKNOWN_OPERATION(103, Category.NOT_FOUND),
  NOT_BUILT(104, Category.NOT_IMPLEMENTED),
  UNKNOWN_LANGUAGE(105, Category.BAD_REQUEST),
  WRONG_METHOD(106, Category.BAD_REQUEST),
  KEY_REUSED(107, Category.CONFLICT),

  UNKNOWN_FIELD(201, Category.BAD_REQUEST),
  WRONG_TYPE(202, Category.BAD_REQUEST),
  UNKNOWN_CONSTANT(203, Category.BAD_REQUEST),
  MISSING_FIELD(204, Category.BAD_REQUEST),
  OUT_OF_RANGE(205, Category.BAD_REQUEST),
  QUERY_TOO_COMPLEX(206, Category.BAD_REQUEST),
  QUERY_TOO_SLOW(207, Category.UNAVAILABLE),
  COMPACTED(208, Category.GONE),

  UNAUTHENTICATED(301, Category.UNAUTHENTICATED),
  FORBIDDEN(302, Category.FORBIDDEN),
  LOGIN_SOURCE_NOT_CONFIGURED(303, Category.BAD_REQUEST),

  OBJECT_NOT_FOUND(401, Category.NOT_FOUND),
  WRONG_STATE(402, Category.BAD_REQUEST),
  RESOURCE_LOCKED(403, Category.BAD_REQUEST),
  DUPLICATE(404, Category.BAD_REQUEST),
  PRECONDITION(405, Category.BAD_REQUEST),

  DATABASE_UNAVAILABLE(501, Category.UNAVAILABLE),
  STORAGE_FULL(502, Category.UNAVAILABLE),
  OVERLOADED(503, Category.UNAVAILABLE),
  HYPERVISOR_UNAVAILABLE(504, Category.UNAVAILABLE),
  OUTCOME_UNKNOWN(505, Category.UNAVAILABLE),

  INTERNAL(901, Category.INTERNAL);

  private final int number;
  private final Category category;

  ProblemCode(int number, Category category) {
    this.number = number;
    this.category = category;
  }

  /// What the code means for the caller.
  public Category category() {
    return category;
  }

  /// Whether it is certain that nothing was done, and worth asking again in a moment.
  public boolean mayBeRepeated() {
    return category == Category.UNAVAILABLE && this != OUTCOME_UNKNOWN;
  }

  /// The code as people quote it, `BF-201`.
  public String text() {
    return "BF-" + number;
  }

  /// What a caller can do about it, as an HTTP status.
  public enum Category {
    BAD_REQUEST(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    GONE(410),
    INTERNAL(500),
    NOT_IMPLEMENTED(501),
    UNAVAILABLE(503);

    private final int status;

    Category(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }
}
