"""The registers of Decree 30/2020/NĐ-CP, Appendix IV, filled with what the journal knows: for files and for paper."""
