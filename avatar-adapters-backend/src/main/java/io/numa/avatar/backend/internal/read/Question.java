package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A question about a requirement or a solution, and its answer. */
public record Question(String content, String answer) {
  /** The questions in a list that have an answer and are not marked as open. */
  public static List<Question> answered(JsonNode list) {
    var answered = new ArrayList<Question>();
    for (JsonNode item : list) {
      String content = item.path("content").asText("").strip();
      String answer = item.path("answer").asText("").strip();
      if (!content.isEmpty() && !answer.isEmpty() && item.path("clarified").asBoolean(true)) {
        answered.add(new Question(content, answer));
      }
    }
    return answered;
  }
}
