package io.numa.avatar.nats.internal.claim;

import java.util.List;
import java.util.Optional;

/**
 * Which delivery of which message: the subject to which a delivery is acknowledged, which holds
 * both.
 *
 * @param reply the subject
 * @param delivery how often the message has been delivered, this time included
 * @param message the number of the message in the stream
 * @param published when the stream took the message, in nanoseconds
 */
public record Place(String reply, int delivery, long message, long published) {
  private static final String PREFIX = "$JS.ACK.";

  /** Tokens behind the number of deliveries and before the end, in the older form. */
  private static final int SHORT = 9;

  private static final int SHORT_DELIVERY = 4;

  /** Domain and account stand before the stream in the newer form. */
  private static final int LONG_DELIVERY = 6;

  /** Empty if {@code reply} is no subject for an acknowledgement. */
  public static Optional<Place> of(String reply) {
    List<String> tokens = List.of(reply.split("\\.", -1));
    if (!reply.startsWith(PREFIX) || tokens.size() < SHORT) {
      return Optional.empty();
    }
    int at = tokens.size() == SHORT ? SHORT_DELIVERY : LONG_DELIVERY;
    try {
      return Optional.of(
          new Place(
              reply,
              Integer.parseInt(tokens.get(at)),
              Long.parseLong(tokens.get(at + 1)),
              Long.parseLong(tokens.get(at + 3))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether both deliver the same message. */
  public boolean isSameMessage(Place other) {
    return message == other.message && published == other.published;
  }

  /**
   * Whether the engine gave this delivery after the other one. A task that has ended may be
   * published again, as another message. Its number is greater, unless the stream was made anew.
   */
  public boolean isNewerThan(Place other) {
    return isSameMessage(other)
        ? delivery > other.delivery
        : message > other.message || published > other.published;
  }
}
