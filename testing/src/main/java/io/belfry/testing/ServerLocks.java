package io.belfry.testing;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/// Tells JUnit which tests must not run at the same time: those with the same server, as each of
/// them begins with a reset.
final class ServerLocks implements ResourceLocksProvider {
  @Override
  public Set<Lock> provideForClass(Class<?> testClass) {
    return locks(testClass);
  }

  @Override
  public Set<Lock> provideForNestedClass(
      List<Class<?>> enclosingInstanceTypes, Class<?> testClass) {
    return locks(testClass);
  }

  private static Set<Lock> locks(Class<?> testClass) {
    var server = ServerChoice.of(ServerChoice.required(testClass));
    return Set.of(new Lock(server.toString(), ResourceAccessMode.READ_WRITE));
  }
}
