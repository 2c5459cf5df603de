package io.belfry.sdk;

import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/// Where the server is and how to talk to it. Immutable.
///
/// ```java
/// var configuration = Configuration.builder("https://192.168.96.133/v2/api").verifySsl(false).build();
/// ```
public final class Configuration {
  private static final String API_PATH = "/v2/api";

  private final List<URI> hosts;
  private final Duration connectTimeout;
  private final Duration timeout;
  private final long maxResponseBytes;
  private final String userAgent;
  private final Trust trust;
  private final KeyManager @Nullable [] identity;
  private final @Nullable HttpProxy proxy;
  private final CallOptions options;
  private final Retry retry;
  private final CallListener listener;
  private final CallContext context;

  private Configuration(Builder builder) {
    hosts = List.copyOf(builder.hosts);
    connectTimeout = builder.connectTimeout;
    timeout = builder.timeout;
    maxResponseBytes = builder.maxResponseBytes;
    userAgent = builder.userAgent;
    trust = builder.trust;
    identity = builder.identity;
    proxy = builder.proxy;
    options = builder.options;
    retry = builder.retry;
    listener = builder.listener;
    context = builder.context;
  }

  /// A configuration that leaves everything but the host as it is.
  ///
  /// @param host the API's address, `https://tower.example/v2/api`
  public static Configuration of(String host) {
    return builder(host).build();
  }

  /// @param host the API's address, `https://tower.example/v2/api`
  /// @throws IllegalArgumentException if it is no `http` or `https` address
  public static Builder builder(String host) {
    return new Builder(address(host));
  }

  private static URI address(String host) {
    var address = URI.create(host.strip().replaceAll("/+$", ""));
    var isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!isHttp || address.getHost() == null) {
      throw new IllegalArgumentException(
          "the host must be an address like https://tower.example/v2/api, not " + host);
    }
    return address;
  }

  /// The API's address, without a slash at the end.
  public URI host() {
    return hosts.get(0);
  }

  /// The API's addresses, those of standbys included, in the order of preference.
  public List<URI> hosts() {
    return hosts;
  }

  /// The server's address, of which the API is a part: `https://tower.example`.
  public URI serverRoot() {
    return URI.create(root(host()));
  }

  static String root(URI host) {
    var address = host.toString();
    return address.endsWith(API_PATH)
        ? address.substring(0, address.length() - API_PATH.length())
        : address;
  }

  public Duration connectTimeout() {
    return connectTimeout;
  }

  public Duration timeout() {
    return timeout;
  }

  public long maxResponseBytes() {
    return maxResponseBytes;
  }

  public String userAgent() {
    return userAgent;
  }

  public Retry retry() {
    return retry;
  }

  CallListener listener() {
    return listener;
  }

  CallContext context() {
    return context;
  }

  Trust trust() {
    return trust;
  }

  /// What the client shows to servers that ask who it is.
  KeyManager @Nullable [] identity() {
    return identity;
  }

  /// The way to servers; null for that of the Java runtime.
  @Nullable HttpProxy proxy() {
    return proxy;
  }

  CallOptions options() {
    return options;
  }

  /// Which servers are believed to be who they say they are.
  sealed interface Trust {
    /// Those that the Java runtime trusts.
    record Default() implements Trust {}

    /// All.
    record Everybody() implements Trust {}

    /// Those whose certificates these ones have signed.
    record Certificates(KeyStore store) implements Trust {}

    /// Those whose certificates have these fingerprints, whoever signed them for which name.
    record Pinned(Set<Fingerprint> fingerprints) implements Trust {}
  }

  /// Collects a configuration.
  public static final class Builder {
    private final List<URI> hosts = new ArrayList<>();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(60);
    private long maxResponseBytes = 512L << 20;
    private String userAgent = "belfry-sdk-java";
    private Trust trust = new Trust.Default();
    private KeyManager @Nullable [] identity;
    private @Nullable HttpProxy proxy;
    private CallOptions options = CallOptions.none();
    private Retry retry = Retry.standard();
    private CallListener listener = CallListener.NONE;
    private CallContext context = CallContext.NONE;

    private Builder(URI host) {
      hosts.add(host);
    }

    /// Another address of the same tower, for when the ones before can't be reached or say that
    /// they are passive (status 307). Calls stay with the one that works. A call that could not be
    /// delivered is made again at the next address, whatever [#retry] says.
    ///
    /// @param host the API's address there
    /// @throws IllegalArgumentException if it is no `http` or `https` address
    public Builder standby(String host) {
      hosts.add(address(host));
      return this;
    }

    /// How long to wait for a connection; 10 seconds unless told otherwise.
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = Require.positive("connectTimeout", connectTimeout);
      return this;
    }

    /// How long a whole call may take; 60 seconds unless told otherwise.
    public Builder timeout(Duration timeout) {
      this.timeout = Require.positive("timeout", timeout);
      return this;
    }

    /// When calls that come to nothing are made again; [Retry#standard] unless told otherwise.
    public Builder retry(Retry retry) {
      this.retry = retry;
      return this;
    }

    /// Tells somebody of every attempt at a call; those that were told before are told first.
    public Builder listener(CallListener listener) {
      var earlier = this.listener;
      this.listener =
          attempt -> {
            earlier.attempted(attempt);
            listener.attempted(attempt);
          };
      return this;
    }

    /// What goes along with a call to other threads; nothing unless told otherwise.
    public Builder context(CallContext context) {
      this.context = context;
      return this;
    }

    /// How large an answer may be; 512 MiB unless told otherwise.
    public Builder maxResponseBytes(long maxResponseBytes) {
      if (maxResponseBytes <= 0) {
        throw new IllegalArgumentException(
            "maxResponseBytes must be positive: " + maxResponseBytes);
      }
      this.maxResponseBytes = maxResponseBytes;
      return this;
    }

    /// What to call this program in the server's logs.
    public Builder userAgent(String userAgent) {
      this.userAgent = userAgent;
      return this;
    }

    /// A header to send with every call.
    public Builder defaultHeader(String name, String value) {
      return options(o -> o.header(name, value));
    }

    /// The language of texts for people: `en-US`, `zh-CN`, or `*` for both.
    public Builder language(String tag) {
      return options(o -> o.language(tag));
    }

    private Builder options(UnaryOperator<CallOptions> change) {
      options = change.apply(options);
      return this;
    }

    /// Whether to check that the server is who it says it is. Without that check anybody on the way
    /// can read and change everything, passwords included, and the client says so in a warning;
    /// [#pinCertificate] is as short and safe. Of this, [#trust], [#trustPem] and
    /// [#pinCertificate], what is said last counts.
    public Builder verifySsl(boolean verify) {
      trust = verify ? new Trust.Default() : new Trust.Everybody();
      return this;
    }

    /// Trusts servers whose certificates are, or are signed by, those in a PEM file; no others.
    ///
    /// @throws IllegalArgumentException if the file holds no certificate
    public Builder trustPem(Path certificates) {
      return trust(Tls.readPem(certificates));
    }

    /// Trusts servers whose certificates are, or are signed by, those in the store; no others.
    public Builder trust(KeyStore certificates) {
      trust = new Trust.Certificates(certificates);
      return this;
    }

    /// Trusts the server whose certificate has this fingerprint, whoever signed it for which name
    /// and time, and no others. Said again, adds another server's. For towers whose certificates
    /// are signed by nobody but themselves, this is what [#verifySsl] lacks.
    ///
    /// @param sha256 the certificate's SHA-256 in hexadecimal digits, with or without colons, as
    ///   `openssl x509 -noout -fingerprint -sha256` prints it
    /// @throws IllegalArgumentException if it is no SHA-256
    public Builder pinCertificate(String sha256) {
      var pins = new LinkedHashSet<Fingerprint>();
      if (trust instanceof Trust.Pinned pinned) {
        pins.addAll(pinned.fingerprints());
      }
      pins.add(Fingerprint.parse("a certificate", sha256));
      trust = new Trust.Pinned(Collections.unmodifiableSet(pins));
      return this;
    }

    /// Shows a certificate to servers, or to gateways before them, that ask for one.
    ///
    /// @param pkcs12 a file with the certificate and its private key, as `openssl pkcs12 -export
    ///   -inkey key.pem -in certificate.pem -out client.p12` makes it
    /// @param password of the file and the key in it
    /// @throws IllegalArgumentException if the file can't be read with the password, or has no key
    public Builder clientCertificate(Path pkcs12, char[] password) {
      return clientCertificate(Tls.readKeys(pkcs12, password), password);
    }

    /// Shows a certificate to servers, or to gateways before them, that ask for one.
    ///
    /// @param password of the keys in the store
    /// @throws IllegalArgumentException if the store has no key, or none with that password
    public Builder clientCertificate(KeyStore keys, char[] password) {
      identity = Tls.identity(keys, password);
      return this;
    }

    /// Calls the server through an HTTP proxy. Unless told otherwise, the client goes the Java
    /// runtime's way, which the system properties `https.proxyHost`, `https.proxyPort` and
    /// `http.nonProxyHosts` say.
    ///
    /// A proxy that wants to know who asks is told a user and a password, `Basic`. For `https`
    /// servers Java does so only if it is started with
    /// `-Djdk.http.auth.tunneling.disabledSchemes=`.
    ///
    /// @param address of the proxy, `http://proxy.example:3128` or
    ///   `http://user:password@proxy.example:3128`
    /// @throws IllegalArgumentException if it is no `http` address with a port
    public Builder proxy(String address) {
      proxy = HttpProxy.at(address);
      return this;
    }

    /// Calls each server by the proxy that the selector names for it, or directly by
    /// [java.net.http.HttpClient.Builder#NO_PROXY].
    public Builder proxy(ProxySelector selector) {
      proxy = new HttpProxy(selector, null);
      return this;
    }

    /// Who pins a certificate shall not find out later that nobody has shown one.
    private void refuseCertificatesWithoutTls() {
      var wanted =
          identity != null || trust instanceof Trust.Pinned || trust instanceof Trust.Certificates;
      for (var host : hosts) {
        if (wanted && "http".equals(host.getScheme())) {
          throw new IllegalArgumentException(
              "certificates mean nothing to %s: it must be an https address".formatted(host));
        }
      }
    }

    /// @throws IllegalArgumentException if certificates are asked for where there are none, or Java
    ///   would not tell the proxy who asks
    public Configuration build() {
      refuseCertificatesWithoutTls();
      if (proxy != null) {
        proxy.requireUsableFor(hosts);
      }
      return new Configuration(this);
    }
  }
}
