/**
 * The first dialect: topics, messages, statuses with details, logs. Begin with {@link
 * io.numa.avatar.backend.internal.topics.HttpMessageSource}.
 */
@NullMarked
package io.numa.avatar.backend.internal.topics;

import org.jspecify.annotations.NullMarked;
