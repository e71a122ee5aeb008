/**
 * What an avatar counts and measures for its operators, whether or not anything shows it.
 *
 * <p>The places that measure get a {@link io.numa.avatar.metric.Metrics}; {@link
 * io.numa.avatar.metric.RecordedMetrics} holds the values.
 */
@NullMarked
package io.numa.avatar.metric;

import org.jspecify.annotations.NullMarked;
