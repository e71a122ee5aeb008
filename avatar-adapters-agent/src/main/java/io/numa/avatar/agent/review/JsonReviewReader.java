package io.numa.avatar.agent.review;

import io.numa.avatar.port.agent.ReviewAnswer;
import io.numa.avatar.port.agent.ReviewReader;

/**
 * Reads answers that have JSON somewhere in them: in fences, between sentences, with trailing
 * commas, with other names for the members, in several objects. Where an answer has several
 * verdicts, the last one counts.
 */
public final class JsonReviewReader implements ReviewReader {
  @Override
  public ReviewAnswer read(String answer) {
    var collected = new CollectedReview();
    JsonPieces.of(answer).forEach(collected::add);
    return collected.answer();
  }
}
