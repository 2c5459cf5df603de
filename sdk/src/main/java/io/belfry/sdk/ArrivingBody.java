package io.belfry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An answer's body that is read while it arrives. Asks for more only when what has arrived has
/// been read, so the server can't be faster than the reader; gives up when nothing arrives for a
/// while. Read by one thread.
final class ArrivingBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  private final Duration patience;

  /// What has arrived and is not read: at most one delivery and the end.
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

  private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean isClosed;
  private boolean isOver;

  /// @param patience how long to wait for the next bytes
  ArrivingBody(Duration patience) {
    this.patience = patience;
  }

  /// Some bytes, or the end.
  ///
  /// @param failure why it ended, if it was no good end
  private record Delivery(List<ByteBuffer> buffers, boolean isEnd, @Nullable Throwable failure) {}

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    if (isClosed) {
      begun.cancel();
    } else {
      begun.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> arrived) {
    deliveries.add(new Delivery(arrived, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    deliveries.add(new Delivery(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    deliveries.add(new Delivery(List.of(), true, null));
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!isOver) {
      var next = buffers.peek();
      if (next == null) {
        receive();
      } else if (next.hasRemaining()) {
        var count = Math.min(length, next.remaining());
        next.get(target, offset, count);
        return count;
      } else {
        buffers.remove();
      }
    }
    return -1;
  }

  private void receive() throws IOException {
    if (isClosed) {
      throw new IOException("it has been closed");
    }
    var delivery = next();
    if (delivery.failure() != null) {
      throw new IOException(delivery.failure());
    }
    isOver = delivery.isEnd();
    buffers.addAll(delivery.buffers());
    var more = subscription;
    if (!isOver && more != null) {
      more.request(1);
    }
  }

  private Delivery next() throws IOException {
    try {
      var delivery = deliveries.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (delivery == null) {
        close();
        throw new HttpTimeoutException("nothing arrived for " + patience);
      }
      return delivery;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      close();
      throw new InterruptedIOException("the reading thread was interrupted");
    }
  }

  /// Gives up what has not arrived.
  @Override
  public void close() {
    isClosed = true;
    var begun = subscription;
    if (begun != null) {
      begun.cancel();
    }
  }
}
