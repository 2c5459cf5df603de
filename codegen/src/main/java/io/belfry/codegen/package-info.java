/// Makes from the schema, at build time, what would otherwise be written again for every entity.
/// Each package below makes one folder of files; [Main] writes them all.
@NullMarked
package io.belfry.codegen;

import org.jspecify.annotations.NullMarked;
