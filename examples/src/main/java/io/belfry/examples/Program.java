package io.belfry.examples;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.Json;
import io.belfry.sdk.JsonForm;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How examples run: connected to the [Server] of the environment, with the arguments of the
/// command line; what comes out is printed.
public final class Program {
  private static final int REFUSED = 1;
  private static final int WRONG_ARGUMENTS = 2;
  private static final String ANY_NUMBER = "...";

  private Program() {}

  /// What an example does.
  @FunctionalInterface
  public interface Work {
    /// @param given the arguments, as many as the example needs
    /// @return what to print
    Object run(ApiClient client, List<String> given) throws Exception;
  }

  /// Runs an example. Ends with status 1 if the server refuses, and with 2 if arguments are
  /// missing.
  ///
  /// @param needed what each argument is: `vm-id`, or `vm-id...` for one or more of them
  public static void run(String[] arguments, List<String> needed, Work work) throws Exception {
    try {
      requireEach(needed, arguments.length);
      try (var client = Server.fromEnvironment().connect()) {
        System.out.println(shown(work.run(client, List.of(arguments))));
      }
    } catch (ApiException e) {
      exit(REFUSED, e);
    } catch (IllegalArgumentException e) {
      exit(WRONG_ARGUMENTS, e);
    }
  }

  private static void requireEach(List<String> needed, int count) {
    var mayBeMore = !needed.isEmpty() && needed.getLast().endsWith(ANY_NUMBER);
    var tooMany = count > needed.size() && !mayBeMore;
    if (count < needed.size() || tooMany) {
      throw new IllegalArgumentException(
          "this example takes %s arguments (%s), not %s"
              .formatted(needed.size(), String.join(" ", needed), count));
    }
  }

  /// Says why, and ends the program.
  public static void exit(int status, Exception why) {
    System.err.println(why.getMessage());
    System.exit(status);
  }

  private static String shown(Object result) {
    return switch (result) {
      case Collection<?> many ->
          many.stream().map(Program::shown).collect(Collectors.joining("\n"));
      case JsonForm object -> summary(object.json());
      default -> result.toString();
    };
  }

  /// What tells an object from others.
  private static String summary(Json object) {
    return Stream.of("id", "name", "status")
        .map(object::get)
        .filter(value -> !value.isNull())
        .map(Json::asText)
        .collect(Collectors.joining("  "));
  }
}
