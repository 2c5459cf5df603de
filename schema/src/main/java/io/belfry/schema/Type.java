package io.belfry.schema;

/// What a field or parameter holds, apart from how often: a scalar, or a reference by name to a
/// definition of the [Schema].
public sealed interface Type {

  /// The scalars of the wire. [#LONG] and [#INT] are JSON numbers, [#DATE_TIME] is an ISO-8601
  /// string in UTC with milliseconds, [#JSON] any JSON value, [#UPLOAD] a part of a multipart
  /// request.
  enum Scalar implements Type {
    STRING("String"),
    INT("Int"),
    LONG("Long"),
    FLOAT("Float"),
    BOOLEAN("Boolean"),
    DATE_TIME("DateTime"),
    JSON("Json"),
    UPLOAD("Upload");

    private final String sdlName;

    Scalar(String sdlName) {
      this.sdlName = sdlName;
    }

    /// The name that the scalar has in the schema files.
    public String sdlName() {
      return sdlName;
    }
  }

  /// A reference to an [EnumType].
  record EnumRef(String name) implements Type {}

  /// A reference to an [ObjectType]: a value inside an entity, or the shape of an answer.
  record ObjectRef(String name) implements Type {}

  /// A relation to another [Entity]; on the wire the nested projection of it.
  record EntityRef(String name) implements Type {}

  /// A reference to an [InputType].
  record InputRef(String name) implements Type {}

  /// The derived filter over an entity, `VmWhereInput`.
  record WhereRef(String entity) implements Type {}

  /// The derived body of a list operation, `GetVmsRequestBody`.
  record ListRequestRef(String entity) implements Type {}
}
