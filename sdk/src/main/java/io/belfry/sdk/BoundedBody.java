package io.belfry.sdk;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Collects an answer's body, and gives up on one that is too large.
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
  private final long maxBytes;
  private final List<ByteBuffer> received = new ArrayList<>();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long size;

  BoundedBody(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (body.isDone()) {
      return;
    }
    buffers.forEach(buffer -> size += buffer.remaining());
    if (size > maxBytes && subscription != null) {
      subscription.cancel();
      received.clear();
      body.completeExceptionally(
          new IOException("the answer is larger than %s bytes".formatted(maxBytes)));
      return;
    }
    received.addAll(buffers);
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    var whole = ByteBuffer.allocate((int) size);
    received.forEach(whole::put);
    received.clear();
    body.complete(whole.array());
  }
}
