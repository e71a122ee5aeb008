package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.fixture.ReviewWorld.ADA;
import static io.numa.avatar.testkit.fixture.ReviewWorld.GRACE;
import static io.numa.avatar.testkit.fixture.ReviewWorld.SELF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.ReviewComment;
import io.numa.avatar.port.repository.ReviewThread;
import io.numa.avatar.port.repository.ReviewThread.Standing;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.fixture.ReviewWorld;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that every {@link Reviews} must pass. */
public abstract class ReviewsContract {
  protected abstract Reviews reviews();

  /** Its service, the same for all of one test. */
  protected abstract ReviewWorld world();

  @Test
  void readsTheChangeRequest() throws InterruptedException {
    ChangeReview review = read();

    assertThat(review)
        .isEqualTo(
            new ChangeReview(
                true,
                new BranchName("dev"),
                new BranchName("main"),
                world().head(),
                Optional.of(SELF),
                List.of(),
                List.of()));
    assertThat(reviews().serves(world().repository())).isTrue();
  }

  @Test
  void readsAThreadWithItsReplies() throws InterruptedException {
    world().comment(ADA, "Who closes this?\n\n早上好");
    world().reply(GRACE, "And when?");
    world().comment(ADA, "Another place.");

    List<ReviewThread> threads = read().threads();

    assertThat(threads).hasSize(2);
    ReviewThread first = threads.get(0);
    assertThat(first.standing()).isEqualTo(Standing.OPEN);
    assertThat(first.place()).isEqualTo("src/App.java, line 3");
    assertThat(first.comments())
        .extracting(ReviewComment::author, ReviewComment::text)
        .containsExactly(tuple(ADA, "Who closes this?\n\n早上好"), tuple(GRACE, "And when?"));
  }

  @Test
  void readsTheWordsOfAReviewAsAWhole() throws InterruptedException {
    world().review(ADA, "Please add tests.");

    assertThat(read().threads())
        .singleElement()
        .satisfies(
            thread -> {
              assertThat(thread.place()).isEmpty();
              assertThat(thread.standing()).isEqualTo(Standing.OPEN);
              assertThat(thread.comments())
                  .extracting(ReviewComment::text)
                  .containsExactly("Please add tests.");
            });
  }

  @Test
  void givesEachCommentAnIdThatStays() throws InterruptedException {
    world().comment(ADA, "one");
    world().reply(ADA, "two");
    world().review(ADA, "three");
    world().remark(ADA, "four");

    List<ReviewComment> comments = all(read());

    assertThat(comments).hasSize(4);
    assertThat(comments).extracting(ReviewComment::id).doesNotHaveDuplicates();
    assertThat(comments).allSatisfy(one -> assertThat(one.id()).matches("[A-Za-z0-9-]{1,100}"));
    assertThat(new HashSet<>(all(read()))).isEqualTo(new HashSet<>(comments));
  }

  @Test
  void tellsRobotsFromPeople() throws InterruptedException {
    world().comment(world().robot(), "Coverage fell.");
    world().reply(ADA, "Indeed.");

    assertThat(read().threads().get(0).comments())
        .extracting(ReviewComment::robot)
        .containsExactly(true, false);
  }

  @Test
  void tellsThatAThreadIsAboutOlderLines() throws InterruptedException {
    world().comment(ADA, "Who closes this?");
    CommitId before = world().head();
    world().outdate();

    ChangeReview review = read();

    assertThat(review.head()).isNotEqualTo(before).isEqualTo(world().head());
    assertThat(review.threads()).extracting(ReviewThread::standing).containsOnly(Standing.OUTDATED);
  }

  @Test
  void tellsThatAChangeRequestIsClosed() throws InterruptedException {
    world().comment(ADA, "Who closes this?");
    world().close();

    ChangeReview review = read();

    assertThat(review.open()).isFalse();
    assertThat(review.threads()).isEmpty();
  }

  @Test
  void readsFailedChecksOfOneCommit() throws InterruptedException {
    world().fail("build", "compiling\nerror: no such symbol\n");
    CommitId red = world().head();

    CommitChecks checks = reviews().checks(world().repository(), red);
    world().outdate();

    assertThat(checks.complete()).isTrue();
    assertThat(checks.failed()).extracting(CommitChecks.Failed::name).containsExactly("build");
    assertThat(reviews().checks(world().repository(), world().head()).failed()).isEmpty();
  }

  @Test
  void tellsThatChecksStillRun() throws InterruptedException {
    world().fail("lint", "");
    world().run("build");

    assertThat(reviews().checks(world().repository(), world().head()).complete()).isFalse();
  }

  @Test
  void tellsWhoMayPush() throws InterruptedException {
    assertThat(reviews().mayWrite(world().repository(), ADA)).isTrue();
    assertThat(reviews().mayWrite(world().repository(), GRACE)).isFalse();
    assertThat(reviews().mayWrite(world().repository(), "mallory")).isFalse();
  }

  @Test
  void answersInTheThread() throws InterruptedException {
    world().comment(ADA, "Who closes this?");
    world().comment(ADA, "Another place.");
    ReviewThread thread = read().threads().get(0);

    reviews().answer(world().repository(), world().url(), thread.id(), "Done.\n<!-- seen -->");

    assertThat(world().answers()).containsExactly("Done.\n<!-- seen -->");
    ChangeReview after = read();
    assertThat(after.threads()).hasSize(2);
    assertThat(after.threads().get(0).comments())
        .extracting(ReviewComment::author, ReviewComment::text)
        .endsWith(tuple(SELF, "Done.\n<!-- seen -->"));
  }

  @Test
  void answersAReviewAsAWholeAtTheChangeRequest() throws InterruptedException {
    world().review(ADA, "Please add tests.");
    ReviewThread thread = read().threads().get(0);

    reviews().answer(world().repository(), world().url(), thread.id(), "Done.");
    reviews().answer(world().repository(), world().url(), "", "More.");

    assertThat(world().answers()).containsExactly("Done.", "More.");
    assertThat(read().remarks()).extracting(ReviewComment::text).contains("Done.", "More.");
  }

  @Test
  void knowsNoOtherChangeRequest() {
    for (String url :
        List.of(
            world().url().replaceFirst("1$", "999"),
            world().url().replace("shop", "shop-of-others"),
            "https://example.com/")) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> reviews().read(world().repository(), url))
          .extracting(PortException::kind)
          .isEqualTo(FailureKind.NOT_FOUND);
    }
  }

  private ChangeReview read() throws InterruptedException {
    return reviews().read(world().repository(), world().url());
  }

  private static List<ReviewComment> all(ChangeReview review) {
    return Stream.concat(
            review.threads().stream().flatMap(thread -> thread.comments().stream()),
            review.remarks().stream())
        .toList();
  }
}
