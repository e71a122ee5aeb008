#!/bin/sh
# Tests total.sh, and reports as JUnit does.
mkdir -p test-reports
report=test-reports/TEST-basket.xml
failed=0

# check NAME EXPECTED BASKET
check() {
  actual=$(printf '%s' "$3" | sh total.sh)
  if [ "$actual" = "$2" ]; then
    echo "ok     $1"
    echo "  <testcase classname=\"basket\" name=\"$1\"/>" >>"$report"
  else
    echo "FAILED $1: expected $2 but was $actual"
    echo "  <testcase classname=\"basket\" name=\"$1\"><failure message=\"expected $2 but was $actual\"/></testcase>" >>"$report"
    failed=1
  fi
}

echo '<testsuite name="basket">' >"$report"
check anEmptyBasketCostsNothing 0 ''
check articlesAddUp 350 'äpple 150 1
päron 200 1
'
check severalOfOneArticleCostMore 700 'äpple 150 2
päron 200 2
'
echo '</testsuite>' >>"$report"
exit $failed
