/// 发送请求: reading, changing, waiting, languages. [UpdateResources] is the class to read first.
@NullMarked
package io.belfry.examples.request;

import org.jspecify.annotations.NullMarked;
