package io.numa.avatar.nats.internal.connect;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;

/** The messages of subjects, as the streams' leaders have them; most often the last ones. */
public final class LastMessages {
  private static final int NO_MESSAGE = 10037;
  private static final int WRONG_LAST_SEQUENCE = 10071;

  private LastMessages() {}

  /** The last message of a subject, which may have wildcards; empty if there is none. */
  public static Optional<MessageInfo> find(Session session, String stream, String subject)
      throws IOException, JetStreamApiException {
    return find(() -> session.management().getLastMessage(stream, subject));
  }

  /** The first message of a subject whose sequence in the stream is {@code from} or higher. */
  public static Optional<MessageInfo> next(
      Session session, String stream, long from, String subject)
      throws IOException, JetStreamApiException {
    return find(() -> session.management().getNextMessage(stream, from, subject));
  }

  /** Asks for a message. */
  @FunctionalInterface
  private interface Lookup {
    MessageInfo message() throws IOException, JetStreamApiException;
  }

  private static Optional<MessageInfo> find(Lookup lookup)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(lookup.message());
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == NO_MESSAGE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Adds a message to a subject, unless the subject has another last one by now.
   *
   * @param replaced the sequence of the last message that the caller knows; 0 if it knows of none
   * @return the sequence of the new message; empty if there is another last one
   */
  public static Optional<Long> replace(Session session, String subject, byte[] body, long replaced)
      throws IOException, JetStreamApiException {
    var options = PublishOptions.builder().expectedLastSubjectSequence(replaced).build();
    try {
      return Optional.of(session.streams().publish(subject, body, options).getSeqno());
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
