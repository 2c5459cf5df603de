package io.belfry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A proxy that connects those whom it lets through with a server of this machine, whatever the
/// name by which they ask for it.
final class TunnelProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final @Nullable String authorization;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private TunnelProxy(ServerSocket socket, @Nullable String authorization) {
    this.socket = socket;
    this.authorization = authorization;
    threads.execute(this::accept);
  }

  /// @param authorization who is let through; everybody if absent
  static TunnelProxy start(@Nullable String authorization) {
    try {
      return new TunnelProxy(
          new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), authorization);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /// What clients asked for, `CONNECT tower.example:443`.
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    try {
      while (true) {
        var client = socket.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket client) {
    try (client) {
      var head = head(client.getInputStream());
      var words = head.get(0).split(" ");
      asked.add(words[0] + " " + words[1]);
      var isKnown = authorization == null || head.contains("Proxy-Authorization: " + authorization);
      if (!isKnown) {
        say(client, "407 Who asks?\r\nContent-Length: 0");
        return;
      }
      var port = Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1));
      try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
        open.add(server);
        say(client, "200 Connected");
        threads.execute(() -> pass(server, client));
        pass(client, server);
      }
    } catch (IOException gone) {
      // as clients and servers may be
    }
  }

  private static List<String> head(InputStream in) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      text.append((char) next);
    }
    return text.toString().lines().toList();
  }

  private static void say(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write("HTTP/1.1 %s\r\n\r\n".formatted(status).getBytes(StandardCharsets.US_ASCII));
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      // the other end sees it as well
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (var one = open.poll(); one != null; one = open.poll()) {
        one.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      threads.shutdownNow();
    }
  }
}
