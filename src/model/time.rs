//! Times as the services write them, and epoch milliseconds.

use crate::json::{Mismatch, Reader};
use crate::text::number as parse_number;

const MS_PER_DAY: i64 = 86_400_000;

/// Reads a time without zone, which is UTC: `2016-01-02 15:04:05`. (JavaScript's `new Date` would take it for local
/// time.) `null` and the empty text are `None`.
///
/// # Errors
///
/// Anything else is told, a day that no calendar has too.
pub fn utc_or_null(value: &mut Reader<'_>) -> Result<Option<i64>, Mismatch> {
    read(value, "a time such as 2016-01-02 15:04:05", utc)
}

/// Reads a time as RFC 3339 writes it: `2020-05-20T03:30:52Z`, also with a fraction of a second or another zone such as
/// `+08:00`. What is finer than a millisecond is cut off. `null` and the empty text are `None`.
///
/// # Errors
///
/// Anything else is told, a day that no calendar has too.
pub fn rfc3339_or_null(value: &mut Reader<'_>) -> Result<Option<i64>, Mismatch> {
    read(value, "a time such as 2020-05-20T03:30:52Z", rfc3339)
}

/// A time in epoch milliseconds as `YYYYMMDDTHHMMSSZ`.
pub fn basic_utc(milliseconds: i64) -> String {
    let seconds = milliseconds.div_euclid(1_000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // The civil date of a day number, by counting from 1 March of year 0 in eras of 400 years.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

fn read(
    value: &mut Reader<'_>,
    expected: &'static str,
    parse: fn(&str) -> Option<i64>,
) -> Result<Option<i64>, Mismatch> {
    if !matches!(value.peek(), Some(b'"' | b'n')) {
        return Err(value.mismatch(expected));
    }
    let Some(text) = value.text_or_null()? else { return Ok(None) };
    let other = || Mismatch::new(expected, "another string");
    parse(&text).map(Some).ok_or_else(other)
}

fn utc(mut text: &str) -> Option<i64> {
    let time = date_and_time(&mut text, ' ')?;
    text.is_empty().then_some(time)
}

fn rfc3339(text: &str) -> Option<i64> {
    // Its letters are of either case.
    let text = text.to_ascii_uppercase();
    let mut text = text.as_str();
    let mut time = date_and_time(&mut text, 'T')?;
    if let Some(fraction) = text.strip_prefix('.') {
        let (digits, rest) = fraction.split_at_checked(fraction.bytes().take_while(u8::is_ascii_digit).count())?;
        if digits.is_empty() {
            return None;
        }
        time += digits.bytes().chain(*b"00").take(3).fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0'));
        text = rest;
    }
    if text == "Z" {
        return Some(time);
    }
    let east = text.starts_with('+');
    text = text.strip_prefix(['+', '-'])?;
    let hours = number_up_to(23, &mut text)?;
    after(':', &mut text)?;
    let minutes = number_up_to(59, &mut text)?;
    let ahead = (hours * 60 + minutes) * 60_000;
    text.is_empty().then_some(if east { time - ahead } else { time + ahead })
}

/// `YYYY-MM-DD`, the separator, `HH:MM:SS`; leaves what follows.
fn date_and_time(text: &mut &str, separator: char) -> Option<i64> {
    let year = number(text, 4)?;
    after('-', text)?;
    let month = number_up_to(12, text)?;
    after('-', text)?;
    let day = number_up_to(days_in(year, month)?, text).filter(|&day| day > 0)?;
    after(separator, text)?;
    let hour = number_up_to(23, text)?;
    after(':', text)?;
    let minute = number_up_to(59, text)?;
    after(':', text)?;
    let second = number_up_to(59, text)?;
    Some(days_from_civil(year, month, day) * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1_000)
}

/// Reads a number of two digits that is at most `most`.
fn number_up_to(most: i64, text: &mut &str) -> Option<i64> {
    number(text, 2).filter(|&number| number <= most)
}

fn number(text: &mut &str, digits: usize) -> Option<i64> {
    let (number, rest) = text.split_at_checked(digits)?;
    // `parse` alone would take a sign.
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *text = rest;
    parse_number(number)
}

fn after(character: char, text: &mut &str) -> Option<()> {
    *text = text.strip_prefix(character)?;
    Some(())
}

fn days_in(year: i64, month: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

/// The days from 1970-01-01 to a day of the Gregorian calendar. The year is counted from March, so that the day a leap
/// year adds is its last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_zone_is_utc() {
        for (text, expected) in [
            ("1970-01-01 00:00:00", 0),
            ("1969-12-31 23:59:59", -1_000),
            ("2016-01-02 15:04:05", 1_451_747_045_000),
            ("2023-07-26 09:33:58", 1_690_364_038_000),
            ("2000-02-29 00:00:00", 951_782_400_000),
            ("2024-02-29 23:59:59", 1_709_251_199_000),
            ("2024-12-31 00:00:00", 1_735_603_200_000),
            ("1900-03-01 00:00:00", -2_203_891_200_000),
            ("0000-01-01 00:00:00", -62_167_219_200_000),
            ("9999-12-31 23:59:59", 253_402_300_799_000),
        ] {
            assert_eq!(utc(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_time_with_zone_is_read_with_its_fraction() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2020-05-20T03:30:52Z", 1_589_945_452_000),
            ("2021-03-02T12:55:13Z", 1_614_689_713_000),
            ("2021-03-02T20:55:13+08:00", 1_614_689_713_000),
            ("2021-03-02T07:25:13-05:30", 1_614_689_713_000),
            ("2021-03-02t12:55:13.5z", 1_614_689_713_500),
            ("2021-03-02T12:55:13.05Z", 1_614_689_713_050),
            ("2021-03-02T12:55:13.123Z", 1_614_689_713_123),
            ("2021-03-02T20:55:13.123456789+08:00", 1_614_689_713_123),
        ] {
            assert_eq!(rfc3339(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_no_calendar_or_clock_has_is_refused() {
        for day in [
            "2023-13-01",
            "2023-00-01",
            "2023-01-00",
            "2023-01-32",
            "2023-04-31",
            "2023-02-29",
            "1900-02-29",
            "2100-02-29",
            "2024-02-30",
        ] {
            assert_eq!(utc(&format!("{day} 00:00:00")), None, "{day}");
            assert_eq!(rfc3339(&format!("{day}T00:00:00Z")), None, "{day}");
        }
        for time in ["24:00:00", "00:60:00", "00:00:60", "0:00:00", "+1:00:00", "00:00", "00-00-00", "00:00:00 "] {
            assert_eq!(utc(&format!("2023-01-01 {time}")), None, "{time}");
            assert_eq!(rfc3339(&format!("2023-01-01T{time}Z")), None, "{time}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_refused() {
        for text in ["yesterday", "2023-07-26", "2023-07-26T09:33:58", "2023-07-26 09:33:58Z", "23-07-26 09:33:58", "é"]
        {
            assert_eq!(utc(text), None, "{text}");
        }
        for text in [
            "2023-07-26 09:33:58Z",
            "2023-07-26T09:33:58",
            "2023-07-26T09:33:58.Z",
            "2023-07-26T09:33:58+0800",
            "2023-07-26T09:33:58+24:00",
            "2023-07-26T09:33:58+08:60",
            "2023-07-26T09:33:58ZZ",
            "2023-07-26T09:33:58.1é",
        ] {
            assert_eq!(rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_written_as_the_service_reads_it() {
        for (milliseconds, text) in [
            (0, "19700101T000000Z"),
            (1_573_789_015_999, "20191115T033655Z"),
            (951_782_400_000, "20000229T000000Z"),
            (1_709_251_199_000, "20240229T235959Z"),
            (4_102_444_800_000, "21000101T000000Z"),
        ] {
            assert_eq!(basic_utc(milliseconds), text);
        }
    }
}
