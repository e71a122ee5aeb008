package io.numa.avatar.nats.internal.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.task.AvatarId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimRulesTest {
  private static final AvatarId US = new AvatarId("us");
  private static final AvatarId THEM = new AvatarId("them");

  private static Place place(int delivery, long message, long published) {
    String numbers = delivery + "." + message + ".9." + published + ".0";
    return Place.of("$JS.ACK.NUMA_TASKS.avatars-tasks-plan." + numbers).orElseThrow();
  }

  private static ClaimRules rules(Place place) {
    return new ClaimRules(US, Optional.of(place));
  }

  private static Optional<Claim> held(AvatarId owner, Place place) {
    return Optional.of(
        new Claim(owner, Optional.of("a"), List.of("z"), 3, false, Optional.of(place)));
  }

  @Test
  void readsBothFormsOfAPlace() {
    String newer = "$JS.ACK._.HASH.NUMA_TASKS.avatars-tasks-plan.2.7.9.70.0.token";

    assertThat(Place.of(newer)).contains(new Place(newer, 2, 7, 70));
    assertThat(place(2, 7, 70).isSameMessage(Place.of(newer).orElseThrow())).isTrue();
    assertThat(Place.of("_INBOX.a.b")).isEmpty();
    assertThat(Place.of("$JS.ACK.a.b.c.d.e.f.g")).isEmpty();
  }

  @Test
  void letsTheNewestDeliveryTakeOver() {
    Claim claim = rules(place(2, 7, 70)).take(held(THEM, place(1, 7, 70)), "b");

    assertThat(claim.avatar()).isEqualTo(US);
    assertThat(claim.claims()).isEqualTo(4);
    assertThat(claim.attempts()).containsExactly("z", "a", "b");
  }

  @Test
  void refusesALateDelivery() {
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> rules(place(1, 7, 70)).take(held(THEM, place(2, 7, 70)), "b"));
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> rules(place(9, 6, 60)).take(held(THEM, place(1, 7, 70)), "b"));
  }

  @Test
  void countsFromZeroForATaskThatWasPublishedAgain() {
    Optional<Claim> ended = held(THEM, place(4, 7, 70)).map(Claim::end);
    ClaimRules again = rules(place(1, 8, 80));

    assertThat(again.count(ended)).isZero();
    assertThat(again.isEnded(ended)).isFalse();
    assertThat(again.take(ended, "b").claims()).isEqualTo(1);
  }

  /** The stream's numbers begin anew then; its messages are newer all the same. */
  @Test
  void goesOnWithAStreamThatWasMadeAnew() {
    assertThat(rules(place(1, 1, 900)).take(held(THEM, place(2, 500, 70)), "b").claims())
        .isEqualTo(1);
  }

  @Test
  void doesNotDoAgainWhatHasEnded() {
    Optional<Claim> ended = held(THEM, place(1, 7, 70)).map(Claim::end);

    assertThat(rules(place(2, 7, 70)).isEnded(ended)).isTrue();
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> rules(place(2, 7, 70)).take(ended, "b"));
  }

  /** The answer to our write was lost, so the entry shows it already. */
  @Test
  void recognisesItsOwnWrite() {
    ClaimRules rules = rules(place(1, 7, 70));
    Optional<Claim> ours = Optional.of(rules.take(Optional.empty(), "a"));

    assertThat(rules.take(ours, "a")).isEqualTo(ours.get());
    assertThat(rules.keep(ours, "a")).isEqualTo(ours.get());
    Optional<Claim> ended = Optional.of(rules.end(ours, "a"));
    assertThat(rules.end(ended, "a")).isEqualTo(ended.get());
    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(() -> rules.keep(ended, "a"));
  }

  @Test
  void losesAClaimThatIsGone() {
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> rules(place(1, 7, 70)).keep(Optional.empty(), "a"));
  }

  @Test
  void givesARestartedAvatarItsOwnClaimAlone() {
    var restarted = new ClaimRules(US, Optional.empty());

    assertThat(restarted.take(held(US, place(1, 7, 70)), "b").place()).contains(place(1, 7, 70));
    assertThat(restarted.take(Optional.empty(), "b").claims()).isEqualTo(1);
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> restarted.take(held(THEM, place(1, 7, 70)), "b"));
  }

  /** It had no message; a message that is published later is another round. */
  @Test
  void carriesOutATaskThatEndedBeforeItWasInTheQueue() {
    var restarted = new ClaimRules(US, Optional.empty());
    Optional<Claim> ended = Optional.of(restarted.take(Optional.empty(), "a").end());

    assertThat(rules(place(1, 7, 70)).take(ended, "b").claims()).isEqualTo(1);
  }
}
