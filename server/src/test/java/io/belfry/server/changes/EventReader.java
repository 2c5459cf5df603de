package io.belfry.server.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.server.http.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/// Reads server-sent events from a socket.
final class EventReader implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final BufferedReader lines;
  private String id = "";

  EventReader(int port, String query, String token, String... headers) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    var head =
        new StringBuilder(
            "GET %s%s HTTP/1.1\r\nHost: test\r\n".formatted(ChangeEvents.PATH, query));
    head.append("Authorization: ").append(token).append("\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    socket.getOutputStream().write(head.append("\r\n").toString().getBytes(UTF_8));
    lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    if (!line().contains("200")) {
      throw new IOException("no stream");
    }
    position();
  }

  /// An event with data.
  record Event(String id, JsonNode json) {
    String resourceId() {
      return json.path("resource_id").textValue();
    }
  }

  Event next() throws IOException {
    while (true) {
      var line = line();
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        return new Event(id, TestClient.json(line.substring(6)));
      }
    }
  }

  /// The revision that the server has told last, or tells next if there was none.
  String position() throws IOException {
    while (id.isEmpty()) {
      var line = line();
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      }
    }
    return id;
  }

  boolean readsToTheEnd() throws IOException {
    while (lines.readLine() != null) {
      // whatever is left
    }
    return true;
  }

  private String line() throws IOException {
    var line = lines.readLine();
    if (line == null) {
      throw new IOException("the stream has ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
