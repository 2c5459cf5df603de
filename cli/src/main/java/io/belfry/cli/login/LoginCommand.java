package io.belfry.cli.login;

import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.context.Contexts;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry login`: keeps a token, never the password.
public final class LoginCommand implements Command {
  @Override
  public CommandSpec spec() {
    var spec = CommandSpec.wrapWithoutInspection(this).name("login");
    spec.usageMessage()
        .description(
            "Logs in to a server and keeps the login as a context, which later commands use. The"
                + " password is asked for, or read from standard input, or from BELFRY_PASSWORD.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("URL")
            .arity("0..1")
            .type(String.class)
            .description("The server's address, https://tower.example.")
            .build());
    spec.addOption(text("--user", "NAME", "The user; asked for if not given."));
    spec.addOption(
        text("--source", "SOURCE", "Where the user is known: LOCAL (the default) or LDAP."));
    spec.addOption(text("--trust-pem", "FILE", "A PEM file of the certificates to trust."));
    spec.addOption(
        text("--pin-certificate", "SHA256", "The fingerprint of the one certificate to trust."));
    spec.addOption(text("--proxy", "URL", "An HTTP proxy, http://proxy.example:3128."));
    spec.addOption(flag("--insecure", "Accept any certificate."));
    spec.addOption(flag("--password-stdin", "Read the password from standard input."));
    return spec;
  }

  private static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .arity("1")
        .description(description)
        .build();
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  @Override
  public ExitCode run(Invocation invocation) {
    var surroundings = invocation.surroundings();
    var values = new HashMap<String, String>();
    values.put("url", address(invocation, surroundings));
    put(values, "source", invocation.text("--source"));
    put(values, "trust_pem", invocation.text("--trust-pem"));
    put(values, "pin_certificate", invocation.text("--pin-certificate"));
    put(values, "proxy", invocation.text("--proxy"));
    if (invocation.flag("--insecure")) {
      values.put("verify_ssl", "false");
    }
    var user =
        given(
            invocation.text("--user"),
            surroundings.environment().get("BELFRY_USER"),
            surroundings,
            "User: ");
    var name = invocation.text("--context");
    var context = name == null ? contextName(values.get("url")) : name;
    var login = new HashMap<>(values);
    login.put("user", user);
    login.put("password", password(invocation, surroundings));
    values.put("token", token(login));
    Contexts.of(surroundings).save(context, values);
    surroundings
        .err()
        .printf("Logged in to %s as %s; kept as context '%s'.%n", values.get("url"), user, context);
    return ExitCode.OK;
  }

  private static String token(Map<String, String> login) {
    var variables = new HashMap<String, String>();
    login.forEach((key, value) -> variables.put("BELFRY_" + key.toUpperCase(Locale.ROOT), value));
    try (var client = Contexts.connect(variables)) {
      return String.valueOf(client.token());
    }
  }

  private static String address(Invocation invocation, Surroundings surroundings) {
    var positionals = invocation.positionals();
    var asked = positionals.isEmpty() ? null : positionals.get(0);
    var url =
        given(
            asked,
            surroundings.environment().get("BELFRY_URL"),
            surroundings,
            "Server's address: ");
    return url.contains("://") ? url : "https://" + url;
  }

  private static String given(
      @Nullable String option,
      @Nullable String variable,
      Surroundings surroundings,
      String question) {
    var known = option == null ? variable : option;
    var said = known == null ? surroundings.terminal().ask(question) : known;
    if (said == null || said.isBlank()) {
      throw Failure.usage("nobody can be asked for it: " + question.replace(":", "").strip());
    }
    return said.strip();
  }

  private static String password(Invocation invocation, Surroundings surroundings) {
    if (invocation.flag("--password-stdin")) {
      try {
        return new String(surroundings.in().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    var variable = surroundings.environment().get("BELFRY_PASSWORD");
    var said = variable == null ? surroundings.terminal().askSecret("Password: ") : variable;
    if (said == null) {
      throw Failure.usage(
          "nobody can be asked for the password: use --password-stdin or BELFRY_PASSWORD");
    }
    return said;
  }

  private static void put(Map<String, String> values, String key, @Nullable String value) {
    if (value != null) {
      values.put(key, value);
    }
  }

  /// The host's name, as that is how people tell servers apart.
  private static String contextName(@Nullable String url) {
    try {
      var host = URI.create(String.valueOf(url)).getHost();
      return host == null
          ? "default"
          : host.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^-+|-+$", "");
    } catch (IllegalArgumentException noAddress) {
      throw Failure.usage("the server's address must be like https://tower.example, not " + url);
    }
  }
}
