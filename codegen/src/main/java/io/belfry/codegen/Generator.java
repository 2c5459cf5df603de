package io.belfry.codegen;

import io.belfry.schema.Schema;

/// Makes one folder of files from a schema; the same schema always gives the same bytes.
public interface Generator {
  /// The folder's name below `target/generated`.
  String folder();

  void generate(Schema schema, GeneratedFiles files);
}
