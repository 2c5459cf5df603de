package io.belfry.sdk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belfry.sdk.internal.JsonText;
import io.belfry.sdk.internal.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The objects of one answer, read while it arrives. Asks when the first object is wanted.
final class ArrivingList<T> extends AbstractSpliterator<T> {
  private final ApiClient client;
  private final Operation<List<T>> list;
  private final Shape<T> shape;
  private final Json query;
  private @Nullable InputStream body;
  private @Nullable JsonParser parser;
  private boolean isOver;
  private long count;

  ArrivingList(ApiClient client, Operation<List<T>> list, Shape<T> shape, Json query) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.client = client;
    this.list = list;
    this.shape = shape;
    this.query = query;
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (isOver) {
      return false;
    }
    var next = next();
    if (next == null) {
      close();
      return false;
    }
    count++;
    action.accept(next);
    return true;
  }

  private @Nullable T next() {
    try {
      var answer = begun();
      if (answer.nextToken() != JsonToken.END_ARRAY) {
        return shape.read(answer);
      }
      if (answer.nextToken() != null) {
        throw new IOException("something follows the list");
      }
      return null;
    } catch (IOException broken) {
      close();
      throw new NoAnswerException(
          ApiException.Failure.of(
              list.path(),
              0,
              "the answer breaks off after %s objects: %s".formatted(count, broken.getMessage())),
          broken);
    }
  }

  private JsonParser begun() throws IOException {
    if (parser == null) {
      body = client.open(list, query);
      parser = JsonText.parser(body);
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("there should be a list");
      }
    }
    return parser;
  }

  /// Lets go of the connection; what has not arrived is given up.
  void close() {
    isOver = true;
    if (body != null) {
      try {
        body.close();
      } catch (IOException gone) {
        // nobody wants it any more
      }
    }
  }
}
