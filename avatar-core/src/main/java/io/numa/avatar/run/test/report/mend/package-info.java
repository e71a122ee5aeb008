/** Makes damaged XML files readable for a strict parser. Only {@code run.test.report} calls it. */
@NullMarked
package io.numa.avatar.run.test.report.mend;

import org.jspecify.annotations.NullMarked;
