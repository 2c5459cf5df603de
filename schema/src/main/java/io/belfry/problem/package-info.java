/// How Belfry says no. A [Problem] is what a caller is told; each stage of a request owns a range
/// of [ProblemCode]. Start with [ProblemException].
@NullMarked
package io.belfry.problem;

import org.jspecify.annotations.NullMarked;
