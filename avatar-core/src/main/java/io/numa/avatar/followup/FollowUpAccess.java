package io.numa.avatar.followup;

import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.run.secret.Redactor;

/** What all follow-ups use. */
public record FollowUpAccess(Journal journal, Reviews reviews, Redactor redactor) {}
