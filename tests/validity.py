"""Whether a PDF is what it says: archivable (PDF/A-3a) and accessible (PDF/UA-1)."""

import page

PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


def faults_of(pdf: bytes) -> list[str]:
    return [fault.message for profile in PROFILES for fault in page.validate_pdf_bytes(pdf, profile=profile).failures]
