package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.egress.internal.wire.MalformedException;
import io.numa.avatar.egress.internal.wire.RequestHead;
import io.numa.avatar.egress.internal.wire.RequestHeadReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Waits for the head of an HTTP request. */
final class HeadStage implements Stage {
  private final Connection connection;
  private final Passage passage;
  private final Requests requests;
  private final RequestHeadReader reader = new RequestHeadReader();

  HeadStage(Connection connection, Passage passage, Requests requests) {
    this.connection = connection;
    this.passage = passage;
    this.requests = requests;
  }

  @Override
  public void received(ByteBuffer bytes) {
    try {
      Optional<RequestHead> head = reader.read(bytes);
      if (head.isPresent()) {
        requests.follow(head.get(), bytes);
      }
    } catch (MalformedException e) {
      Failing.HTTP.end(connection, ErrorAnswer.MALFORMED, e.reason());
    } catch (RefusedException e) {
      passage.refusals().count(e.refusal());
      Failing.HTTP.end(connection, ErrorAnswer.REFUSED, e.refusal().reason());
    }
  }

  @Override
  public void ended() {
    connection.close();
  }

  /** Clients connect in advance, too, and so may be silent for long. */
  @Override
  public Duration limit() {
    return passage.limits().idle();
  }

  @Override
  public void expired() {
    connection.close();
  }
}
