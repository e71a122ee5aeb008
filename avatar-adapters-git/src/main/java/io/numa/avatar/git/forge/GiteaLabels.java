package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.numa.avatar.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/** The labels of a repository at Gitea. Gitea's API takes labels by numbers. */
final class GiteaLabels {
  /** How many pages of a list to read at most. */
  static final int MAX_PAGES = 10;

  private static final String PER_PAGE = "50";

  private final ApiClient api;
  private final Project project;

  GiteaLabels(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  /** The numbers of labels; adds a note for each label that does not exist. */
  ArrayNode numbers(List<String> labels, Additions additions) throws InterruptedException {
    Map<String, Long> known = known();
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    for (String label : labels) {
      Long number = known.get(label.toLowerCase(Locale.ROOT));
      if (number == null) {
        additions.note("there is no label '" + label + "'");
      } else {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** The labels of the repository, and of its organization if it has one. */
  private Map<String, Long> known() throws InterruptedException {
    var known = new HashMap<String, Long>();
    try {
      collect(api.at("orgs", project.owner(), "labels"), known);
    } catch (RefusedException e) {
      known.clear(); // the owner is a user
    }
    collect(api.at("repos", project.owner(), project.name(), "labels"), known);
    return known;
  }

  private void collect(HttpUrl.Builder list, Map<String, Long> known) throws InterruptedException {
    String action = "read the labels of '" + project.address() + "'";
    for (int page = 1; page <= MAX_PAGES; page++) {
      JsonNode labels = api.get(action, page(list, page));
      labels.forEach(
          label ->
              known.put(
                  Json.text(label, "/name").toLowerCase(Locale.ROOT), label.path("id").asLong()));
      if (labels.isEmpty()) {
        return;
      }
    }
  }

  /** One page of a list at Gitea. */
  static HttpUrl page(HttpUrl.Builder list, int page) {
    return list.setQueryParameter("limit", PER_PAGE)
        .setQueryParameter("page", String.valueOf(page))
        .build();
  }
}
