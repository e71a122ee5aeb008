package io.numa.avatar.testkit.contract.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The further tests that a {@link MessageSource} must pass if its backend has topics with messages
 * in a fixed order.
 */
public abstract class OrderedMessageSourceContract extends MessageSourceContract {
  @Test
  void findsAnotherTopicByItsName() throws InterruptedException {
    world().addTopic("reviews");
    world().announce(new TaskId("1"));

    var reviews = source().topic("reviews");

    assertThat(source().poll(reviews, Optional.empty(), Duration.ZERO)).isEmpty();
  }

  @Test
  void findsNoTopicThatDoesNotExist() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> source().topic("nowhere"))
        .withMessageContaining("nowhere");
  }

  @Test
  void showsAnnouncementsOldestFirst() throws InterruptedException {
    MessageId first = world().announce(new TaskId("2"));
    MessageId second = world().announce(new TaskId("1"));

    assertThat(poll())
        .containsExactly(
            new Announcement(first, new TaskId("2")), new Announcement(second, new TaskId("1")));
  }

  @Test
  void isNotBlockedByAMessageThatNamesNoTask() throws InterruptedException {
    MessageId nothing = world().announceNothing();
    MessageId something = world().announce(new TaskId("1"));

    assertThat(poll()).hasSize(2).last().isEqualTo(new Announcement(something, new TaskId("1")));
    assertThat(poll())
        .first()
        .isInstanceOf(TaskMessage.Unreadable.class)
        .returns(nothing, TaskMessage::id);
  }
}
