package io.numa.avatar.nats.internal.connect;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.RequestFailureException;
import io.nats.client.RequestFailureMessage;
import java.io.IOException;
import java.time.Duration;

/** A connection and its ways to JetStream. Safe for use by several threads. */
public record Session(Connection connection, JetStream streams, JetStreamManagement management) {
  /** How long a call may wait for its answer. */
  static final Duration ANSWER = Duration.ofSeconds(3);

  /** Sends a message that the server answers, and awaits the answer. */
  public Message request(String subject, byte[] body) throws InterruptedException, IOException {
    Message answer = connection.request(subject, body, ANSWER);
    if (answer instanceof RequestFailureMessage failure) {
      throw new RequestFailureException(failure);
    }
    if (answer == null) {
      throw new IOException("the server did not answer");
    }
    return answer;
  }
}
