package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.belfry.sdk.TestServer.Answer;
import io.belfry.sdk.api.LabelApi;
import io.belfry.sdk.model.Label;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lists read in parts, from a server with labels numbered from 0.
final class ListingTest {
  private static final int COUNT = 2 * Listing.PAGE + 17;

  private final TestServer server = TestServer.start().on("get-labels", this::answer);
  private final ApiClient client = server.client();
  private final LabelApi labels = new LabelApi(client);
  private final List<Integer> stored =
      new CopyOnWriteArrayList<>(IntStream.range(0, COUNT).boxed().toList());

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  /// Understands `first`, `skip`, `after`, and the filters `id` and `id_in`.
  private Answer answer(TestServer.Call call) {
    var query = call.json();
    var list =
        stored.stream().filter(number -> matches(number, query.get("where").toString())).toList();
    if (query.has("after")) {
      var place = list.indexOf(Integer.valueOf(query.get("after").asText().substring(1)));
      list = place < 0 ? List.of() : list.subList(place + 1, list.size());
    }
    var skip = query.has("skip") ? query.get("skip").asLong() : 0;
    var first = query.has("first") ? query.get("first").asLong() : COUNT;
    return Answer.ok(
        list.stream()
            .skip(skip)
            .limit(first)
            .map(ListingTest::label)
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static boolean matches(int number, String where) {
    return !where.contains("\"id") || where.contains("\"l%s\"".formatted(number));
  }

  private static String label(int number) {
    return """
    {"id": "l%1$s", "key": "%1$s", "value": "", "created_at": "2026-01-31T08:00:00Z"}
    """
        .formatted(number);
  }

  @Test
  void streamsAllPages() {
    assertThat(labels.streamLabels()).map(Label::id).hasSize(COUNT).doesNotHaveDuplicates();

    assertThat(server.calls()).hasSize(3);
  }

  @Test
  void asksForNoMoreThanIsNeeded() {
    assertThat(labels.streamLabels().limit(3)).hasSize(3);

    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void streamsInPagesOfTheSizeThatIsAskedFor() {
    var small = labels.with(o -> o.pageSize(100));

    assertThat(small.streamLabels().limit(250)).hasSize(250);

    assertThat(server.calls())
        .extracting(call -> call.json().get("first").asLong())
        .containsExactly(100L, 100L, 100L);
    assertThatIllegalArgumentException().isThrownBy(() -> labels.with(o -> o.pageSize(0)));
  }

  @Test
  void streamsPartOfTheList() {
    var part = labels.streamLabels(q -> q.skip(10).first(Listing.PAGE + 5));

    assertThat(part)
        .map(Label::id)
        .hasSize(Listing.PAGE + 5)
        .startsWith("l10")
        .endsWith("l" + (Listing.PAGE + 14));
  }

  @Test
  void goesOnWhenTheLastObjectOfAPageHasBeenDeleted() {
    var ids =
        labels
            .streamLabels()
            .map(Label::id)
            .peek(id -> {
              if (id.equals("l5")) {
                stored.remove(Integer.valueOf(Listing.PAGE - 1));
                stored.remove(Integer.valueOf(Listing.PAGE - 2));
              }
            })
            .toList();

    assertThat(ids).hasSize(COUNT).doesNotHaveDuplicates().endsWith("l" + (COUNT - 1));
  }

  @Test
  void saysSoWhenThereIsNoTellingWhereToGoOn() {
    var stream =
        labels
            .streamLabels()
            .peek(label -> {
              if (label.id().equals("l5")) {
                stored.removeIf(number -> number < Listing.PAGE);
              }
            });

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(stream::toList)
        .withMessageContaining("get-labels: all of the last 500 objects are gone");
  }

  @Test
  void endsWithAFullPage() {
    stored.removeIf(number -> number >= Listing.PAGE);

    assertThat(labels.streamLabels()).hasSize(Listing.PAGE);
  }

  @Test
  void refusesToStreamFromTheEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labels.streamLabels(q -> q.last(5)))
        .withMessageContaining("last can't be used");
  }

  @Test
  void findsOne() {
    assertThat(labels.findLabel(Label.ID.is("l7"))).map(Label::key).contains("7");
    assertThat(labels.findLabel(Label.ID.is("none"))).isEmpty();
    assertThat(server.lastCall().json().get("first")).isEqualTo(Json.of(1));
  }

  @Test
  void getsOne() {
    assertThat(labels.getLabel("l8").key()).isEqualTo("8");
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> labels.getLabel("none"))
        .withMessageContaining("nothing has the id none");
  }
}
