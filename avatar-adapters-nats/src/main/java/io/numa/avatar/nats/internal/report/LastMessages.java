package io.numa.avatar.nats.internal.report;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.numa.avatar.nats.internal.connect.Session;
import java.io.IOException;
import java.util.Optional;

/** The last messages of subjects, as the streams' leaders have them. */
public final class LastMessages {
  private static final int NO_MESSAGE = 10037;

  private LastMessages() {}

  /** The last message of a subject, which may have wildcards; empty if there is none. */
  public static Optional<MessageInfo> find(Session session, String stream, String subject)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(session.management().getLastMessage(stream, subject));
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == NO_MESSAGE) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
