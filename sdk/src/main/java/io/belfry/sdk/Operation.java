package io.belfry.sdk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belfry.sdk.internal.JsonText;
import io.belfry.sdk.internal.Shape;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that the server does when asked: where to ask, and how to read the answer. The classes
/// in [io.belfry.sdk.api] know all of them; make one for what this version doesn't know.
///
/// @param path below the API's address, `get-vms`
/// @param encoding how arguments are sent
/// @param needsToken whether only a user who is logged in may ask
/// @param answer reads the answer
/// @param <A> the answer
public record Operation<A>(String path, Encoding encoding, boolean needsToken, Answer<A> answer) {
  private static final Shape<Long> AGGREGATE =
      Shape.of("aggregate").longs("count!").build(values -> values.<Long>required(0));
  private static final Shape<Connection> CONNECTION =
      Shape.of("connection")
          .object(AGGREGATE, "aggregate!")
          .build(values -> new Connection(new Connection.Aggregate(values.<Long>required(0))));

  /// How arguments are sent.
  public enum Encoding {
    /// In the address, with `GET`.
    QUERY,
    /// As a JSON body.
    JSON,
    /// As a form, which can hold a file.
    MULTIPART
  }

  /// Reads an answer.
  ///
  /// @param <A> what is read
  @FunctionalInterface
  public interface Answer<A> {
    /// @param parser stands at the start of the answer
    /// @param client the client that asked
    A read(JsonParser parser, ApiClient client) throws IOException;
  }

  /// Reads a list, as a whole or object by object.
  record ListAnswer<T>(Shape<T> shape) implements Answer<List<T>> {
    @Override
    public List<T> read(JsonParser parser, ApiClient client) throws IOException {
      return shape.readList(parser);
    }
  }

  private static <A> Operation<A> post(String path, Answer<A> answer) {
    return new Operation<>(path, Encoding.JSON, true, answer);
  }

  /// Answers with any JSON.
  public static Operation<Json> json(String path) {
    return post(path, (parser, client) -> JsonText.read(parser));
  }

  /// Answers with a list of any JSON.
  public static Operation<List<Json>> jsons(String path) {
    return post(path, (parser, client) -> JsonText.read(parser).elements());
  }

  /// Answers with a list of objects.
  public static <T> Operation<List<T>> list(String path, Shape<T> shape) {
    return post(path, new ListAnswer<>(shape));
  }

  /// Answers with one object.
  public static <T> Operation<T> one(String path, Shape<T> shape) {
    return post(path, (parser, client) -> shape.read(parser));
  }

  /// Answers with a text.
  public static Operation<String> text(String path) {
    return post(path, (parser, client) -> JsonText.read(parser).asText());
  }

  /// Answers with a list of texts.
  public static Operation<List<String>> texts(String path) {
    return post(
        path,
        (parser, client) -> JsonText.read(parser).elements().stream().map(Json::asText).toList());
  }

  /// Answers with a count.
  public static Operation<Connection> count(String path) {
    return post(path, (parser, client) -> CONNECTION.read(parser));
  }

  /// Changes objects, each in a task of its own.
  ///
  /// @param listPath the operation that reads such objects; absent if they can't be read again
  public static <T> Operation<Accepted<T>> change(
      String path, Shape<T> shape, @Nullable String listPath) {
    return post(
        path, (parser, client) -> readAccepted(parser, new Rereading<>(client, shape, listPath)));
  }

  /// Changes one thing, in a task.
  ///
  /// @param listPath the operation that reads such objects; absent if they can't be read again
  public static <T> Operation<WithTask<T>> changeOne(
      String path, Shape<T> shape, @Nullable String listPath) {
    return post(
        path,
        (parser, client) -> readAccepted(parser, new Rereading<>(client, shape, listPath)).get(0));
  }

  /// Some operations answer with one object that holds a list, where others answer with a list.
  private static <T> Accepted<T> readAccepted(JsonParser parser, Rereading<T> rereading)
      throws IOException {
    return parser.currentToken() == JsonToken.START_ARRAY
        ? rereading.readEach(parser)
        : rereading.readOne(parser);
  }

  /// The same operation, asked with `GET`.
  public Operation<A> get() {
    return new Operation<>(path, Encoding.QUERY, needsToken, answer);
  }

  /// The same operation, taking a form.
  public Operation<A> multipart() {
    return new Operation<>(path, Encoding.MULTIPART, needsToken, answer);
  }

  /// The same operation, its answer read otherwise.
  public <B> Operation<B> answering(Answer<B> otherwise) {
    return new Operation<>(path, encoding, needsToken, otherwise);
  }

  /// The same operation, open to everybody.
  public Operation<A> open() {
    return new Operation<>(path, encoding, false, answer);
  }
}
