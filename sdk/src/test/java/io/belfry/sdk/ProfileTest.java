package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.belfry.sdk.model.UserSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileTest {
  @TempDir Path folder;

  @Test
  void saysWhereAndWho() {
    var profile =
        Profile.of(
            Map.of(
                "BELFRY_URL", "https://tower.example/",
                "BELFRY_USER", "ada",
                "BELFRY_PASSWORD", "secret",
                "BELFRY_SOURCE", "LDAP",
                "BELFRY_TIMEOUT", "2.5",
                "BELFRY_VERIFY_SSL", "false"));

    var configuration = profile.configuration();
    assertThat(configuration.host()).isEqualTo(URI.create("https://tower.example/v2/api"));
    assertThat(configuration.timeout()).isEqualTo(Duration.ofMillis(2500));
    assertThat(configuration.trust()).isInstanceOf(Configuration.Trust.Everybody.class);
    assertThat(profile.credentials())
        .isEqualTo(new Credentials.Password("ada", "secret", UserSource.LDAP));
    assertThat(profile.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "BELFRY_PROXY, nonsense, BELFRY_PROXY: the proxy must be",
    "BELFRY_PIN_CERTIFICATE, AB:CD, BELFRY_PIN_CERTIFICATE: a certificate's fingerprint must be",
    "BELFRY_TRUST_PEM, none.pem, BELFRY_TRUST_PEM: no PEM file",
    "BELFRY_CLIENT_CERTIFICATE, c.p12, BELFRY_CLIENT_CERTIFICATE: its password is missing",
    "BELFRY_CLIENT_CERTIFICATE_PASSWORD, x, BELFRY_CLIENT_CERTIFICATE_PASSWORD is set, and"
  })
  void namesTheVariableThatMakesNoSense(String variable, String value, String message) {
    var profile = Profile.of(Map.of("BELFRY_URL", "https://tower.example", variable, value));

    assertThatIllegalArgumentException()
        .isThrownBy(profile::configuration)
        .withMessageStartingWith(message);
  }

  @Test
  void refusesTwoKindsOfTrust() {
    var profile =
        Profile.of(
            Map.of(
                "BELFRY_URL", "https://tower.example",
                "BELFRY_VERIFY_SSL", "false",
                "BELFRY_PIN_CERTIFICATE", "00".repeat(32)));

    assertThatIllegalArgumentException()
        .isThrownBy(profile::configuration)
        .withMessageContaining("BELFRY_PIN_CERTIFICATE and BELFRY_VERIFY_SSL=false");
  }

  @Test
  void takesTheApisAddressToo() {
    var profile = Profile.of(Map.of("BELFRY_URL", "http://localhost:8080/v2/api"));

    assertThat(profile.configuration().host())
        .isEqualTo(URI.create("http://localhost:8080/v2/api"));
  }

  @Test
  void prefersAToken() {
    var profile = Profile.of(Map.of("BELFRY_TOKEN", "key", "BELFRY_USER", "ada"));

    assertThat(profile.credentials()).isEqualTo(Credentials.token("key"));
  }

  @Test
  void readsFromAFileWhatNoVariableSays() throws IOException {
    write("rw-------", "url = https://lab.example\nuser = ada\npassword = secret\n");

    var profile = profile(Map.of("BELFRY_USER", "bob"));

    assertThat(profile.configuration().host().getHost()).isEqualTo("lab.example");
    assertThat(profile.credentials()).isEqualTo(Credentials.local("bob", "secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password = secret\n", "proxy = http://ada:secret@proxy:3128\n"})
  void refusesAFileWithASecretThatOthersCanRead(String secret) throws IOException {
    write("rw-r--r--", secret);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile(Map.of()))
        .withMessageContaining("chmod 600");
  }

  @Test
  void readsAFileWithoutSecretsWhoeverElseMay() throws IOException {
    write("rw-r--r--", "url = https://lab.example\n");

    assertThat(profile(Map.of()).configuration().host().getHost()).isEqualTo("lab.example");
  }

  @Test
  void refusesAFileWithAnUnknownKey() throws IOException {
    write("rw-------", "hots = https://lab.example\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile(Map.of()))
        .withMessageContaining("'hots' is none of the keys url, token");
  }

  @Test
  void refusesAProfileWithoutAFile() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile(Map.of()))
        .withMessageContaining("BELFRY_PROFILE names a profile that can't be read");
  }

  @ParameterizedTest
  @CsvSource({
    "BELFRY_VERIFY_SSL, yes, 'true or false'",
    "BELFRY_TIMEOUT, soon, a number of seconds",
    "BELFRY_TIMEOUT, 0, positive",
    "BELFRY_URL, tower.example, https://"
  })
  void refusesWhatMakesNoSense(String variable, String value, String right) {
    var profile =
        Profile.of(
            variable.equals("BELFRY_URL")
                ? Map.of(variable, value)
                : Map.of("BELFRY_URL", "https://tower.example", variable, value));

    assertThatIllegalArgumentException()
        .isThrownBy(profile::configuration)
        .withMessageContaining(right);
  }

  @Test
  void refusesAnUnknownSource() {
    var profile = Profile.of(Map.of("BELFRY_SOURCE", "KERBEROS"));

    assertThatIllegalArgumentException()
        .isThrownBy(profile::credentials)
        .withMessage("BELFRY_SOURCE must be LOCAL or LDAP, not 'KERBEROS'");
  }

  @Test
  void namesWhatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(Profile.of(Map.of())::configuration)
        .withMessageContaining("BELFRY_URL is not set");
    assertThatIllegalArgumentException()
        .isThrownBy(Profile.of(Map.of("BELFRY_USER", "ada"))::credentials)
        .withMessageContaining("BELFRY_PASSWORD is not set");
  }

  private Profile profile(Map<String, String> variables) {
    var environment = new HashMap<>(variables);
    environment.put("BELFRY_PROFILE", "lab");
    environment.put("XDG_CONFIG_HOME", folder.toString());
    return Profile.of(environment);
  }

  private void write(String permissions, String text) throws IOException {
    var file = Files.createDirectories(folder.resolve("belfry")).resolve("lab.properties");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
