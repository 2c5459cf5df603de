/// 创建实例, 鉴权: making a client and logging in. [LogIn] is the class to read first.
@NullMarked
package io.belfry.examples.client;

import org.jspecify.annotations.NullMarked;
