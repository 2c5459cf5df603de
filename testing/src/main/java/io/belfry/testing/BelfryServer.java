package io.belfry.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Gives the tests of a class a Belfry server with a simulated data centre.
///
/// ```java
/// @BelfryServer(simulate = "small", seed = 42)
/// class BackupTest {
///   @Test
///   void backsUpEveryVm(ApiClient client, Simulator simulator) { … }
/// }
/// ```
///
/// Constructors and methods of tests may have parameters of these types, and fields with
/// [FromServer] may be of them: [io.belfry.sdk.ApiClient], logged in as root, whose server's
/// address is in its configuration; [io.belfry.sdk.simulator.Simulator], for faults and hosts;
/// [ServerAccess], for programs that log in themselves.
///
/// The server runs in this process, on a free port of the loopback address. Classes with the same
/// size, seed and speed share one, which starts with the first of them and ends after the last
/// test. Each test begins with the data centre as the seed made it, see [#reset].
///
/// Where JUnit runs tests in parallel, those that share a server run one after the other, and
/// others at the same time. Nested classes have the server of the class around them, unless they
/// ask for one of their own.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(ServerExtension.class)
@ResourceLock(providers = ServerLocks.class)
public @interface BelfryServer {
  /// How big the data centre is: `small` (100 VMs), `medium` (2,000), or a number of VMs such as
  /// `20-vms`, up to 2,000.
  String simulate() default "small";

  /// The same seed makes the same data centre, apart from what depends on today's date.
  long seed() default 1;

  /// How fast the data centre is: `instant`, `fast` (a hundred times as fast as in reality),
  /// `brisk` (ten times) or `real`.
  String speed() default "instant";

  /// When the data centre goes back to what the seed made.
  Reset reset() default Reset.BEFORE_EACH_TEST;

  /// When to go back to what the seed made. Tasks that have not ended are gone then, and fault
  /// rules too.
  enum Reset {
    /// Before each test, and so before its `@BeforeEach` methods. What `@BeforeAll` methods have
    /// made is gone too.
    BEFORE_EACH_TEST,
    /// Before the first test of a class, and so before its `@BeforeAll` methods: tests of a class
    /// see what others have done.
    BEFORE_EACH_CLASS
  }
}
