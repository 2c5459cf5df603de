package io.belfry.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The least that a client can do over the same transport and parser: no retries, no checks, no
/// names. Every value of an answer becomes an object, as in a model; those of an object are kept in
/// the order in which they came.
public final class FloorSdkClient implements SdkClient {
  private static final JsonFactory JSON = new JsonFactory();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String url = "";
  private String token = "";

  @Override
  public void connect(String url) throws Exception {
    this.url = url;
    var body = "{\"username\":\"root\",\"password\":\"benchmark\",\"source\":\"LOCAL\"}";
    try (var parser = JSON.createParser(post("login", body))) {
      while (!"token".equals(parser.currentName()) || !parser.currentToken().isScalarValue()) {
        parser.nextToken();
      }
      token = parser.getText();
    }
  }

  private byte[] post(String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/" + path))
            .header("content-type", "application/json")
            .header("authorization", token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray()).body();
  }

  @Override
  public long getVms(int first) throws Exception {
    return decode(post("get-vms", "{\"first\":%s}".formatted(first)));
  }

  @Override
  public long decode(byte[] answer) throws IOException {
    try (var parser = JSON.createParser(answer)) {
      parser.nextToken();
      var memory = 0L;
      for (var vm : (List<?>) read(parser, new Place())) {
        memory += ((Row) vm).memory();
      }
      return memory;
    }
  }

  /// Where the field `memory` is.
  private static final class Place {
    private int memory = -1;
  }

  /// An object's values.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(@Nullable Object[] values, Place place) {
    long memory() {
      return (Long) Objects.requireNonNull(values[place.memory]);
    }
  }

  private static Object read(JsonParser parser, Place place) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      var list = new ArrayList<@Nullable Object>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(parser, place));
      }
      return list;
    }
    var values = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (place.memory < 0 && parser.currentName().equals("memory")) {
        place.memory = values.size();
      }
      parser.nextToken();
      values.add(value(parser, place));
    }
    return new Row(values.toArray(), place);
  }

  private static @Nullable Object value(JsonParser parser, Place place) throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY, START_OBJECT -> read(parser, place);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /// The floor of waiting is the time at which the last task ends; nothing is to be measured here.
  @Override
  public void waitForTasks(List<String> ids) {
    throw new UnsupportedOperationException("the floor doesn't wait");
  }

  @Override
  public void close() {
    http.close();
  }
}
