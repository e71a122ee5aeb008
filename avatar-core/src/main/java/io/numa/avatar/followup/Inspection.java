package io.numa.avatar.followup;

import io.numa.avatar.port.repository.ChangeReview;
import java.util.List;

/**
 * A change request as it is now.
 *
 * @param answers what avatars have answered
 * @param findings the threads that are left to deal with, without those that are settled
 */
record Inspection(ChangeReview review, List<Marker> answers, Findings findings) {
  Inspection {
    answers = List.copyOf(answers);
  }

  /** Whether an avatar has answered this. */
  boolean isAnswered(String key) {
    return answers.stream().anyMatch(answer -> answer.key().equals(key));
  }
}
