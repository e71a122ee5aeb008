package io.numa.avatar.nats.internal.deliver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.numa.avatar.nats.internal.claim.Place;
import io.numa.avatar.nats.internal.connect.Link;
import java.time.Duration;

/**
 * Tells the engine what becomes of a delivery. Each is a request that the server answers, so that a
 * failure is noticed. The server looks at the number of the message only: what is said of an old
 * delivery counts for the newest one, too.
 */
final class Acknowledgements {
  private final Link link;

  Acknowledgements(Link link) {
    this.link = link;
  }

  /** The task is over. */
  void done(Place place) throws InterruptedException {
    say("end the task", place, "+ACK");
  }

  /** The lease begins anew. */
  void inProgress(Place place) throws InterruptedException {
    say("renew the lease of the task", place, "+WPI");
  }

  /** The task is delivered again after the delay. */
  void giveBack(Place place, Duration delay) throws InterruptedException {
    String text = delay.isZero() ? "-NAK" : "-NAK {\"delay\": " + delay.toNanos() + "}";
    say("give the task back", place, text);
  }

  /** The task is never delivered again. */
  void terminate(Place place) throws InterruptedException {
    say("end the task", place, "+TERM");
  }

  private void say(String action, Place place, String text) throws InterruptedException {
    link.call(action, session -> session.request(place.reply(), text.getBytes(US_ASCII)));
  }
}
