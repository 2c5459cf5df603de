package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server stands for a proxy: it answers for an address that is not its own.
final class ProxyTest {
  private static final String ELSEWHERE = "http://tower.invalid/v2/api";
  private static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";

  private final TestServer proxy = TestServer.start().on("get-vms", "[]");

  @AfterEach
  void stop() {
    proxy.close();
  }

  private String address() {
    return "http://localhost:" + URI.create(proxy.url()).getPort();
  }

  private static Json vms(Configuration configuration) {
    try (var client = ApiClient.builder(configuration).token("token").build()) {
      return client.call("get-vms", Json.object());
    }
  }

  @Test
  void callsTheServerThroughTheProxy() {
    assertThat(vms(Configuration.builder(ELSEWHERE).proxy(address()).build()).isArray()).isTrue();
    assertThat(proxy.lastCall().header("Host")).isEqualTo("tower.invalid");
  }

  @Test
  void takesTheProxyFromTheEnvironment() {
    var profile = Profile.of(Map.of("BELFRY_URL", ELSEWHERE, "BELFRY_PROXY", address()));

    assertThat(vms(profile.configuration()).isArray()).isTrue();
  }

  @Test
  void callsDirectlyWhereTheSelectorSaysSo() {
    var direct =
        Configuration.builder(ELSEWHERE)
            .proxy(address())
            .proxy(HttpClient.Builder.NO_PROXY)
            .retry(Retry.never())
            .build();

    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> vms(direct));
    assertThat(proxy.calls()).isEmpty();
  }

  @Test
  void tellsTheProxyWhoAsks() {
    var address = address().replace("//", "//ada:p%40ssword@");

    assertThat(vms(Configuration.builder(ELSEWHERE).proxy(address).build()).isArray()).isTrue();

    assertThat(proxy.lastCall().header("Proxy-authorization"))
        .isEqualTo("Basic " + base64("ada:p@ssword"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Java would send the request without the password.
  @Test
  void refusesAPasswordThatJavaWouldKeepToItself() {
    var configuration =
        Configuration.builder("https://tower.invalid/v2/api").proxy("http://a:b@proxy:3128");
    var before = System.getProperty(DISABLED);
    System.setProperty(DISABLED, "Basic");
    try {
      assertThatIllegalArgumentException()
          .isThrownBy(configuration::build)
          .withMessageContaining("-D" + DISABLED);
    } finally {
      System.setProperty(DISABLED, before);
    }
  }

  @Test
  void doesNotRepeatThePasswordOfAProxy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.builder(ELSEWHERE).proxy("https://ada:secret@proxy:3128"))
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy:3128", "http://proxy", "socks://proxy:1", ":"})
  void refusesWhatIsNoProxy(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.builder(ELSEWHERE).proxy(address))
        .withMessageContaining("http://proxy.example:3128");
  }
}
