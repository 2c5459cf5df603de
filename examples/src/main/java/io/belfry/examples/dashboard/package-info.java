/// Dashboard 构建: what a data centre's dashboard shows. [Dashboard] is the class to read first.
@NullMarked
package io.belfry.examples.dashboard;

import org.jspecify.annotations.NullMarked;
