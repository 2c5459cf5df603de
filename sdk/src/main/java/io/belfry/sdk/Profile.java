package io.belfry.sdk;

import io.belfry.sdk.model.UserSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Where the server is and who calls, kept outside a program: in environment variables, and in
/// files named by one of them. [ApiClient#connect()] is the short way.
///
/// | variable | key in a file | |
/// |---|---|---|
/// | `BELFRY_URL` | `url` | the server's address, with or without `/v2/api`; required |
/// | `BELFRY_TOKEN` | `token` | a token from an earlier login, or an API key; or else: |
/// | `BELFRY_USER`, `BELFRY_PASSWORD` | `user`, `password` | a user |
/// | `BELFRY_SOURCE` | `source` | where the user is known: `LOCAL` (if nothing is said), `LDAP` |
/// | `BELFRY_VERIFY_SSL` | `verify_ssl` | `false`: any certificate will do |
/// | `BELFRY_TRUST_PEM` | `trust_pem` | a PEM file of the certificates to trust |
/// | `BELFRY_PIN_CERTIFICATE` | `pin_certificate` | the SHA-256 of the one certificate to trust |
/// | `BELFRY_CLIENT_CERTIFICATE`, `BELFRY_CLIENT_CERTIFICATE_PASSWORD` | `client_certificate`, `client_certificate_password` | a PKCS#12 file with the certificate to show and its key, and the password of both |
/// | `BELFRY_PROXY` | `proxy` | an HTTP proxy, `http://proxy.example:3128`, or one that wants a user, `http://user:password@proxy.example:3128` |
/// | `BELFRY_TIMEOUT` | `timeout` | how many seconds a call may take |
/// | `BELFRY_PROFILE` | | reads what no variable says from `belfry/NAME.properties` in `XDG_CONFIG_HOME`, or else in `~/.config` |
///
/// A file with a password or a token must be readable by its owner only. Immutable.
public final class Profile {
  private static final String PREFIX = "BELFRY_";
  private static final String PROFILE = PREFIX + "PROFILE";
  private static final String API_PATH = "/v2/api";
  private static final String CERTIFICATE = "client_certificate";
  private static final String CERTIFICATE_PASSWORD = "client_certificate_password";

  /// All keys but that of the profile itself.
  private static final List<String> KEYS =
      List.of(
          "url",
          "token",
          "user",
          "password",
          "source",
          "verify_ssl",
          "trust_pem",
          "pin_certificate",
          CERTIFICATE,
          CERTIFICATE_PASSWORD,
          "proxy",
          "timeout");

  private static final List<String> SECRETS = List.of("token", "password", CERTIFICATE_PASSWORD);

  private final Map<String, String> values;

  private Profile(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /// What this process's environment says.
  ///
  /// @throws IllegalArgumentException if the profile's file can't be used; the message says why
  public static Profile fromEnvironment() {
    return of(System.getenv());
  }

  /// What an environment says.
  ///
  /// @param environment variables by name
  /// @throws IllegalArgumentException if the profile's file can't be used; the message says why
  public static Profile of(Map<String, String> environment) {
    var values = new HashMap<String, String>();
    var name = environment.get(PROFILE);
    if (name != null && !name.isEmpty()) {
      values.putAll(file(folder(environment).resolve(name + ".properties")));
    }
    for (var key : KEYS) {
      var value = environment.get(variable(key));
      if (value != null && !value.isEmpty()) {
        values.put(key, value);
      }
    }
    return new Profile(values);
  }

  private static Path folder(Map<String, String> environment) {
    var config = environment.get("XDG_CONFIG_HOME");
    var base =
        config == null || config.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
            : Path.of(config);
    return base.resolve("belfry");
  }

  private static Map<String, String> file(Path file) {
    var read = new Properties();
    try (var text = Files.newBufferedReader(file)) {
      read.load(text);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "%s names a profile that can't be read: %s".formatted(PROFILE, file), unreadable);
    }
    var values = new HashMap<String, String>();
    for (var key : read.stringPropertyNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "%s: '%s' is none of the keys %s".formatted(file, key, String.join(", ", KEYS)));
      }
      values.put(key, read.getProperty(key).strip());
    }
    if (SECRETS.stream().anyMatch(values::containsKey)
        || values.getOrDefault("proxy", "").contains("@")) {
      requirePrivate(file);
    }
    return values;
  }

  private static void requirePrivate(Path file) {
    try {
      var allowed = Files.getPosixFilePermissions(file);
      var others = EnumSet.allOf(PosixFilePermission.class);
      others.removeIf(one -> one.name().startsWith("OWNER"));
      others.retainAll(allowed);
      if (!others.isEmpty()) {
        throw new IllegalArgumentException(
            "%1$s holds a secret and can be used by others: chmod 600 %1$s".formatted(file));
      }
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("can't tell who may read " + file, unreadable);
    } catch (UnsupportedOperationException noPosix) {
      // this file system has other means
    }
  }

  /// Where the server is and how to talk to it.
  ///
  /// @throws IllegalArgumentException if something is missing or makes no sense; the message names
  ///   the variable
  public Configuration configuration() {
    var url = required("url").replaceAll("/+$", "");
    refuseContradictions();
    var builder = Configuration.builder(url.endsWith(API_PATH) ? url : url + API_PATH);
    value("verify_ssl").ifPresent(text -> builder.verifySsl(flag("verify_ssl", text)));
    give("trust_pem", file -> builder.trustPem(Path.of(file)));
    give("pin_certificate", builder::pinCertificate);
    give(
        CERTIFICATE,
        file -> builder.clientCertificate(Path.of(file), certificatePassword().toCharArray()));
    give("proxy", builder::proxy);
    value("timeout").ifPresent(text -> builder.timeout(seconds("timeout", text)));
    return builder.build();
  }

  /// Who calls.
  ///
  /// @throws IllegalArgumentException if something is missing or makes no sense; the message names
  ///   the variable
  public Credentials credentials() {
    var token = value("token");
    if (token.isPresent()) {
      return Credentials.token(token.get());
    }
    var source = value("source").orElse("LOCAL");
    if (!List.of("LOCAL", "LDAP").contains(source)) {
      throw wrong("source", source, "LOCAL or LDAP");
    }
    return new Credentials.Password(required("user"), required("password"), UserSource.of(source));
  }

  /// None of them is ignored in favour of another.
  private void refuseContradictions() {
    if (value(CERTIFICATE_PASSWORD).isPresent() && value(CERTIFICATE).isEmpty()) {
      throw new IllegalArgumentException(
          "%s is set, and %s is not: say which file it is for"
              .formatted(variable(CERTIFICATE_PASSWORD), variable(CERTIFICATE)));
    }
    var trusts = new ArrayList<String>();
    for (var key : List.of("trust_pem", "pin_certificate")) {
      value(key).ifPresent(given -> trusts.add(variable(key)));
    }
    value("verify_ssl")
        .filter("false"::equals)
        .ifPresent(off -> trusts.add(variable("verify_ssl") + "=false"));
    if (trusts.size() > 1) {
      throw new IllegalArgumentException(
          "%s contradict each other: say one of them".formatted(String.join(" and ", trusts)));
    }
  }

  /// Sets what is given; a refusal names the variable.
  private void give(String key, Consumer<String> setter) {
    value(key)
        .ifPresent(text -> {
          try {
            setter.accept(text);
          } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                "%s: %s".formatted(variable(key), wrong.getMessage()), wrong);
          }
        });
  }

  private String certificatePassword() {
    return value(CERTIFICATE_PASSWORD)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "its password is missing, %s".formatted(variable(CERTIFICATE_PASSWORD))));
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private String required(String key) {
    return value(key)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s is not set: say which server by BELFRY_URL, and as whom by BELFRY_TOKEN, or by"
                        .formatted(variable(key))
                    + " BELFRY_USER and BELFRY_PASSWORD"));
  }

  private static boolean flag(String key, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, text, "true or false");
    };
  }

  private static Duration seconds(String key, String text) {
    try {
      return Require.positive(
          variable(key), Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)));
    } catch (NumberFormatException noNumber) {
      throw wrong(key, text, "a number of seconds");
    }
  }

  private static IllegalArgumentException wrong(String key, String value, String right) {
    return new IllegalArgumentException(
        "%s must be %s, not '%s'".formatted(variable(key), right, value));
  }

  private static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT);
  }

  /// The keys that are set, without their values.
  @Override
  public String toString() {
    return values.keySet().stream().sorted().collect(Collectors.joining(", ", "Profile[", "]"));
  }
}
