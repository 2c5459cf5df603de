package io.belfry.sdk;

import java.util.function.UnaryOperator;

/// What goes along with a call from the thread that makes it to those that try it again and tell
/// listeners of it, such as a trace or what a log adds to each line.
///
/// ```java
/// Configuration.builder(host).context(() -> Context.current()::wrap) // of OpenTelemetry
/// ```
@FunctionalInterface
public interface CallContext {
  /// Nothing goes along.
  CallContext NONE = UnaryOperator::identity;

  /// Asked on the thread that makes a call.
  ///
  /// @return lets work run on another thread as it would here
  UnaryOperator<Runnable> capture();
}
