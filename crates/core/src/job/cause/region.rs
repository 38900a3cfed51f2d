//! The names of regions of the clouds.

/// The first parts of the regions of AWS, Google and Oracle, as in `eu-west-1`, `europe-west3`, `uk-london-1`.
#[rustfmt::skip]
const PLACES: [&str; 17] = [
    "af", "ap", "ca", "cn", "eu", "il", "me", "mx", "sa", "us", "uk", "europe", "asia", "northamerica",
    "southamerica", "australia", "africa",
];

/// The countries and continents in the names of Azure's regions, as in `westeurope`.
#[rustfmt::skip]
const GEOGRAPHIES: [&str; 33] = [
    "us", "europe", "asia", "india", "uk", "france", "germany", "norway", "switzerland", "sweden", "poland",
    "italy", "brazil", "canada", "japan", "korea", "australia", "uae", "africa", "qatar", "israel", "mexico",
    "newzealand", "spain", "austria", "chile", "indonesia", "malaysia", "china", "denmark", "belgium", "taiwan",
    "finland",
];
const DIRECTIONS: [&str; 5] = ["north", "south", "east", "west", "central"];
/// Azure's regions for the government of the United States have the names of states.
const STATES: [&str; 4] = ["virginia", "arizona", "texas", "iowa"];

/// Whether `word` is the name of a region: of AWS, Google or Oracle (`eu-west-1`) or of Azure (`westeurope`).
pub fn is_region(word: &str) -> bool {
    let Some((place, rest)) = word.split_once('-') else {
        return is_azure_region(word);
    };
    let name = rest.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    let is_name = name.len() >= 4 && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    rest.ends_with(|c: char| c.is_ascii_digit()) && is_name && PLACES.contains(&place)
}

fn is_azure_region(word: &str) -> bool {
    let mut rest = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if rest.len() < 6 || !rest.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    if let Some(area) = rest.strip_prefix("usgov").or_else(|| rest.strip_prefix("usdod")) {
        return STATES.contains(&area) || DIRECTIONS.contains(&area);
    }
    rest = rest.strip_prefix("jio").unwrap_or(rest);
    let (mut has_place, mut has_direction) = (false, false);
    while !rest.is_empty() {
        let part = |parts: &[&str]| parts.iter().find_map(|part| rest.strip_prefix(part));
        let (place, direction) = (part(&GEOGRAPHIES), part(&DIRECTIONS));
        has_place |= place.is_some();
        has_direction |= direction.is_some();
        let Some(next) = place.or(direction) else { return false };
        rest = next;
    }
    has_place && has_direction
}
