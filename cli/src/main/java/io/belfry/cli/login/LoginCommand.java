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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry login`: keeps a token, never the password.
public final class LoginCommand implements Command {
  private static final String VERIFY = "verify_ssl";
  private static final String CERTIFICATE_PASSWORD = "client_certificate_password";
  private static final Setting CERTIFICATE =
      new Setting(
          "client_certificate",
          "FILE",
          "A PKCS#12 file with a certificate to show and its key, for servers that want one. Its"
              + " password is asked for, or read from BELFRY_CLIENT_CERTIFICATE_PASSWORD.");

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("source", "SOURCE", "Where the user is known: LOCAL (the default) or LDAP."),
          new Setting("trust_pem", "FILE", "A PEM file of the certificates to trust."),
          new Setting(
              "pin_certificate", "SHA256", "The fingerprint of the one certificate to trust."),
          CERTIFICATE,
          new Setting("proxy", "URL", "An HTTP proxy, http://proxy.example:3128."));

  /// What a context keeps of how to reach a server.
  ///
  /// @param key in profiles; the option and the variable that give it are called by it as well
  private record Setting(String key, String label, String description) {
    String name() {
      return "--" + key.replace('_', '-');
    }

    OptionSpec option() {
      return text(name(), label, description);
    }

    /// What was typed, or else what the variable says; of files, where they are from everywhere.
    Optional<String> value(Invocation invocation) {
      var typed = invocation.text(name());
      var variables = invocation.surroundings().environment();
      return Optional.ofNullable(typed == null ? variables.get(variable(key)) : typed)
          .filter(given -> !given.isEmpty())
          .map(given -> label.equals("FILE") ? absolute(given) : given);
    }
  }

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
    SETTINGS.forEach(setting -> spec.addOption(setting.option()));
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
    refuseVisiblePassword(invocation.text("--proxy"));
    SETTINGS.forEach(
        setting -> setting.value(invocation).ifPresent(value -> values.put(setting.key(), value)));
    var verify = surroundings.environment().getOrDefault(variable(VERIFY), "");
    if (invocation.flag("--insecure") || !verify.isEmpty()) {
      values.put(VERIFY, invocation.flag("--insecure") ? "false" : verify);
    }
    var user =
        given(
            invocation.text("--user"),
            surroundings.environment().get("BELFRY_USER"),
            surroundings,
            "User: ");
    var certificate = values.get(CERTIFICATE.key());
    if (certificate != null) {
      values.put(CERTIFICATE_PASSWORD, certificatePassword(certificate, surroundings));
    }
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

  private static void refuseVisiblePassword(@Nullable String proxy) {
    if (proxy != null && proxy.contains("@")) {
      throw Failure.usage(
          "others can see the words of a command: give a proxy with a user by BELFRY_PROXY");
    }
  }

  private static String token(Map<String, String> login) {
    var variables = new HashMap<String, String>();
    login.forEach((key, value) -> variables.put(variable(key), value));
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

  private static String certificatePassword(String file, Surroundings surroundings) {
    var variable = variable(CERTIFICATE_PASSWORD);
    var known = surroundings.environment().get(variable);
    var said =
        known == null
            ? surroundings.terminal().askSecret("Password of %s: ".formatted(file))
            : known;
    if (said == null) {
      throw Failure.usage(
          "nobody can be asked for the password of %s: use %s".formatted(file, variable));
    }
    return said;
  }

  private static String variable(String key) {
    return "BELFRY_" + key.toUpperCase(Locale.ROOT);
  }

  private static String absolute(String file) {
    return Path.of(file).toAbsolutePath().normalize().toString();
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
